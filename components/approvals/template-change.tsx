"use client";

import { ArrowRight, MessageSquare, Minus, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { markWhole } from "#components/phone/change-marks.ts";
import { Phone, PhonePill } from "#components/phone/phone.tsx";
import { RichText } from "#components/phone/rich-text.tsx";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { previewMessage } from "#flow/render-message.ts";
import { compareTexts, type FieldChange } from "./compare-texts.ts";

export type TemplateText = Approval["snapshot"] & { kind: "template" };

type TemplateChangeProps = {
  before: TemplateText | null;
  after: TemplateText;
  versions: { before: number | null; after: number };
  /** What is said about a line ("en.body"), and a field to say something; null for a line that only the text before has. */
  onPlace: (place: string) => ReactNode;
  countAt: (place: string) => number;
};

/** A template before and after, on two phones, and below them the fields that differ. */
export function TemplateChange({ before, after, versions, onPlace, countAt }: TemplateChangeProps) {
  const t = useTranslations("approvals.changes");
  const headers = useTranslations("templates.editor.headers");
  const locale = useLocale();
  const languages = [...new Set([...after.languages, ...(before?.languages ?? [])].map((one) => one.language))];
  const [wanted, setLanguage] = useState(locale);
  const language = languages.find((one) => one === wanted) ?? languages[0] ?? "";
  const of = (text: TemplateText | null) => text?.languages.find((one) => one.language === language) ?? null;
  const comparison = compareTexts(of(before), of(after), (kind) => headers(kind));
  const samples = { ...before?.samples, ...after.samples };
  return (
    <section aria-labelledby="what-changes" className="min-w-0">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1.5">
        <h3 id="what-changes" className="text-h2">
          {t("title")}
        </h3>
        <span className="text-secondary text-sm">{t("fields", { count: comparison.changes.length })}</span>
        <span className="flex-1" />
        {languages.length > 1 ? (
          <Segmented
            isDense
            aria-label={t("language")}
            value={language}
            onValueChange={setLanguage}
            options={languages.map((value) => ({ value, label: languageName(value, locale) }))}
          />
        ) : null}
      </div>
      <div className="mt-2 grid grid-cols-[repeat(auto-fit,minmax(256px,1fr))] gap-x-6 gap-y-4">
        <Side
          side="before"
          {...{ samples, language }}
          content={comparison.before}
          version={versions.before}
          note={before && !of(before) ? t("newLanguage") : t("nothingBefore")}
        />
        <Side
          side="after"
          {...{ samples, language }}
          content={comparison.after}
          version={versions.after}
          note={t("gone")}
        />
      </div>
      <FieldTable
        changes={comparison.changes}
        category={before && before.category !== after.category ? [before.category, after.category] : null}
        samples={samples}
        placeOf={(change) => placeOf(change, language, of(after))}
        {...{ onPlace, countAt }}
      />
    </section>
  );
}

/** The name of a line as comments hold it; a button is named by its id, as its place may change. */
function placeOf(change: FieldChange, language: string, content: DraftContent | null): string {
  const field = change.part === "button" ? `button.${content?.buttons[change.number - 1]?.id ?? ""}` : change.part;
  return `${language}.${field}`;
}

type SideProps = {
  side: "before" | "after";
  content: DraftContent | null;
  version: number | null;
  note: string;
  samples: Record<string, string>;
  language: string;
};

function Side({ side, content, version, note, samples, language }: SideProps) {
  const t = useTranslations("approvals.changes");
  const { workspace } = useSession();
  return (
    <div className="min-w-0">
      <p className="mb-1.5 flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="font-semibold">{t(side)}</span>
        {version === null ? null : <span className="text-secondary">{t("liveVersion", { number: version })}</span>}
        {side === "after" ? (
          <span aria-hidden className="ml-auto text-xs">
            <RichText text={`${markWhole("removed", t("removed"))} ${markWhole("added", t("added"))}`} />
          </span>
        ) : null}
      </p>
      <Phone
        label={t(`phone.${side}`)}
        businessName={workspace.name}
        time="09:41"
        className="h-[420px] w-full max-w-[308px]"
      >
        <div lang={language.replace("_", "-")}>
          {content ? (
            <WhatsAppMessage
              message={previewMessage(content, samples)}
              from="business"
              time="09:41"
              blankOf={(name) => ({ name, value: samples[name] || null, isMissing: !samples[name] })}
              className="max-w-[94%]"
            />
          ) : (
            <PhonePill>{note}</PhonePill>
          )}
        </div>
      </Phone>
    </div>
  );
}

const looks = {
  added: { icon: Plus, tile: "bg-success-tint text-success" },
  removed: { icon: Minus, tile: "bg-danger-tint text-danger" },
  changed: { icon: ArrowRight, tile: "bg-warning-tint text-warning" },
} as const;

type FieldTableProps = {
  changes: FieldChange[];
  category: [before: TemplateText["category"], after: TemplateText["category"]] | null;
  samples: Record<string, string>;
  placeOf: (change: FieldChange) => string;
} & Pick<TemplateChangeProps, "onPlace" | "countAt">;

/** The same as text, for readers and for whoever wants it short. */
function FieldTable({ changes, category, samples, placeOf, onPlace, countAt }: FieldTableProps) {
  const t = useTranslations("approvals.changes");
  const categories = useTranslations("templates.category");
  if (changes.length === 0 && !category) return null;
  const nameOf = (change: FieldChange) =>
    change.part === "button" ? t("parts.button", { number: change.number }) : t(`parts.${change.part}`);
  return (
    <Card className="mt-4 overflow-hidden">
      <ul>
        {category ? (
          <Line
            kind="changed"
            name={t("parts.category")}
            before={categories(category[0])}
            after={categories(category[1])}
          />
        ) : null}
        {changes.map((change) => (
          <Line
            key={`${change.part} ${change.kind} ${"number" in change ? change.number : ""}`}
            kind={change.kind}
            name={nameOf(change)}
            before={change.before}
            after={change.after}
            samples={samples}
            count={countAt(placeOf(change))}
            thread={change.kind === "removed" ? null : onPlace(placeOf(change))}
          />
        ))}
      </ul>
    </Card>
  );
}

type LineProps = {
  kind: FieldChange["kind"];
  name: string;
  before: string | null;
  after: string | null;
  samples?: Record<string, string>;
  /** Open comments on the line. */
  count?: number;
  thread?: ReactNode;
};

function Line({ kind, name, before, after, samples = {}, count = 0, thread = null }: LineProps) {
  const t = useTranslations("approvals.changes");
  const comments = useTranslations("approvals.comments");
  const [isTalking, setTalking] = useState(false);
  const { icon: Icon, tile } = looks[kind];
  const blankOf = (blank: string) => ({ name: blank, value: blank.replaceAll("_", " "), isMissing: !samples[blank] });
  const text = (value: string | null) =>
    value === null ? <span className="text-tertiary">{t("none")}</span> : <RichText text={value} blankOf={blankOf} />;
  return (
    <li className="grid min-h-8 grid-cols-[20px_104px_minmax(0,1fr)_minmax(0,1fr)_28px] items-start gap-x-3 border-border border-b px-3 py-1.5 text-sm last:border-b-0">
      <span aria-hidden className={cn("grid size-5 place-items-center rounded-xs", tile)}>
        <Icon className="size-3.5" />
      </span>
      <span className="font-medium">
        <span className="sr-only">{t(`kinds.${kind}`)} </span>
        {name}
      </span>
      <span className="line-clamp-8 text-secondary [overflow-wrap:anywhere]">{text(before)}</span>
      <span className="line-clamp-8 [overflow-wrap:anywhere]">{text(after)}</span>
      {thread ? (
        <button
          type="button"
          aria-expanded={isTalking}
          aria-label={comments("fieldOn", { place: name })}
          title={comments("fieldOn", { place: name })}
          onClick={() => setTalking(!isTalking)}
          className="-my-1 flex h-7 items-center justify-center gap-0.5 rounded-sm text-tertiary text-xs hover:bg-hover hover:text-ink"
        >
          <MessageSquare aria-hidden className="size-4" strokeWidth={1.75} />
          {count > 0 ? <span className="tabular font-semibold text-warning">{count}</span> : null}
        </button>
      ) : (
        <span />
      )}
      {isTalking ? <div className="col-span-full py-1.5 pl-8">{thread}</div> : null}
    </li>
  );
}
