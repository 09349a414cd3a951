"use client";

import { useQuery } from "@tanstack/react-query";
import { History, RotateCcw } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { WordChange } from "#components/phone/word-change.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { restoreLanguage } from "./draft-edits.ts";
import type { OpenTemplate, TemplateVersion } from "./template-row.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type HistorySheetProps = { template: OpenTemplate; store: TemplateDraftStore; language: string };

/** Every text of a language that WhatsApp was given, each with what it changed; one of them can become the draft again. */
export function HistorySheet({ template, store, language }: HistorySheetProps) {
  const t = useTranslations("templates.history");
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button title={t("open")}>
          <History aria-hidden />
          <span className="max-xl:sr-only">{t("open")}</span>
        </Button>
      }
      title={t("title", { language: languageName(language, locale) })}
      description={t("description")}
      closeLabel={t("close")}
    >
      <Versions {...{ template, store, language }} onRestored={() => setOpen(false)} />
    </Sheet>
  );
}

function Versions({ template, store, language, onRestored }: HistorySheetProps & { onRestored: () => void }) {
  const t = useTranslations("templates.history");
  const trpc = useTRPC();
  const query = useQuery(trpc.templates.versions.queryOptions({ templateId: template.id }));
  if (query.isError) return <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={() => query.refetch()} />;
  if (!query.data) return <Skeleton className="h-40" />;
  const versions = query.data.filter((version) => version.language === language);
  const draft = store.draft.languages.find((content) => content.language === language);
  const [newest] = versions;
  if (!newest || !draft) return <p className="text-secondary text-sm">{t("none")}</p>;
  const isLocked = template.languages.some((one) => one.language === language && !one.isOpen);
  return (
    <ol className="space-y-5">
      {isSame(draft, newest.content) ? null : (
        <li>
          <h3 className="font-semibold text-sm">{t("draft")}</h3>
          <p className="text-secondary text-xs">{t("draftHelp", { number: newest.number })}</p>
          <Parts before={newest.content} after={draft} language={language} />
        </li>
      )}
      {versions.map((version, index) => (
        <VersionEntry
          key={version.id}
          version={version}
          before={versions[index + 1]?.content ?? null}
          isLocked={isLocked}
          isDraft={isSame(draft, version.content)}
          onRestore={() => {
            store.change(restoreLanguage({ language, ...wordsOf(version.content) }, version.content.samples));
            toast.success(t("restored", { number: version.number }));
            onRestored();
          }}
        />
      ))}
    </ol>
  );
}

type Words = Omit<DraftContent, "language">;

const wordsOf = ({ header, body, footer, buttons }: Words): Words => ({ header, body, footer, buttons });
const isSame = (one: Words, other: Words) => JSON.stringify(linesOf(one)) === JSON.stringify(linesOf(other));

type VersionEntryProps = {
  version: TemplateVersion;
  before: Words | null;
  isLocked: boolean;
  isDraft: boolean;
  onRestore: () => void;
};

function VersionEntry({ version, before, isLocked, isDraft, onRestore }: VersionEntryProps) {
  const t = useTranslations("templates.history");
  const format = useFormatter();
  const mayEdit = useSession().can("edit-templates");
  const { number, submittedAt, submittedBy, approvedAt, content, language } = version;
  return (
    <li className="border-border border-t pt-4 first:border-t-0 first:pt-0">
      <div className="flex items-center gap-2">
        <h3 className="font-semibold text-sm">{t("version", { number })}</h3>
        <Chip tone={approvedAt ? "success" : "neutral"}>{approvedAt ? t("approved") : t("notApproved")}</Chip>
        <span className="flex-1" />
        {mayEdit && !isDraft ? (
          <Button size="dense" disabled={isLocked} title={isLocked ? t("locked") : undefined} onClick={onRestore}>
            <RotateCcw aria-hidden />
            {t("restore")}
          </Button>
        ) : null}
      </div>
      <p className="text-secondary text-xs">
        {t("given", {
          when: format.dateTime(submittedAt, { dateStyle: "medium", timeStyle: "short" }),
          who: submittedBy ?? t("somebody"),
        })}
      </p>
      <Parts before={before ?? content} after={content} language={language} />
    </li>
  );
}

/** Only the parts that differ; all of them where nothing came before. */
function Parts({ before, after, language }: { before: Words; after: Words; language: string }) {
  const t = useTranslations("templates.editor.fields");
  const [old, now] = [linesOf(before), linesOf(after)];
  const parts = (["header", "body", "footer", "buttons"] as const).filter((part) => old[part] !== now[part]);
  const shown =
    parts.length > 0 ? parts : (["header", "body", "footer", "buttons"] as const).filter((part) => now[part]);
  return (
    <dl className="mt-2 space-y-2">
      {shown.map((part) => (
        <div key={part}>
          <dt className="text-tertiary text-xs first-letter:uppercase">{t(part)}</dt>
          <dd>
            <WordChange before={old[part]} after={now[part]} language={language} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Each part of a text as words, so that two of them can be laid beside each other. */
function linesOf({ header, body, footer, buttons }: Words) {
  const target = (button: DraftContent["buttons"][number]) =>
    button.kind === "url" ? ` ${button.url}` : button.kind === "phone" ? ` ${button.phone}` : "";
  return {
    header: headerLines(header),
    body,
    footer: footer ?? "",
    buttons: buttons.map((button) => `${button.text}${target(button)}`).join("\n"),
  };
}

function headerLines(header: Words["header"]): string {
  switch (header?.kind) {
    case "text":
    case "offer":
      return header.text;
    case "document":
      return header.fileName;
    case "cards":
      return header.cards
        .map(({ body, buttons }) => [body, ...buttons.map((button) => button.text)].join("\n"))
        .join("\n\n");
    default:
      return header?.kind ?? "";
  }
}
