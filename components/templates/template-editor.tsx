"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, LayoutTemplate, Send } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Page } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { CategorySelect } from "./category-select.tsx";
import { addLanguage } from "./draft-edits.ts";
import { DuplicateDialog } from "./duplicate-dialog.tsx";
import { LanguageForm } from "./language-form.tsx";
import { LanguageTabs } from "./language-tabs.tsx";
import { SaveNote } from "./save-note.tsx";
import { TemplateChecks } from "./template-checks.tsx";
import type { OpenTemplate } from "./template-row.ts";
import { TemplateStage } from "./template-stage.tsx";
import { type LocalFinding, useFindings } from "./use-findings.ts";
import { useSubmitTemplate } from "./use-submit-template.ts";
import { useTemplateDraft } from "./use-template-draft.ts";

/** Loads the template; says so when there is none or when it could not be read. */
export function TemplateEditor({ templateId }: { templateId: string }) {
  const t = useTranslations("templates.editor");
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.templates.get.queryOptions({ templateId }),
    // While the provider reviews, its answer may come any moment.
    refetchInterval: ({ state }) => (state.data?.languages.some((one) => one.status === "submitted") ? 3_000 : false),
  });
  if (query.data) return <Studio key={query.data.id} template={query.data} />;
  if (query.error?.data?.code === "NOT_FOUND" || query.error?.data?.code === "BAD_REQUEST") {
    return (
      <Page>
        <EmptyState
          icon={LayoutTemplate}
          title={t("missingTitle")}
          action={
            <Button asChild>
              <Link href="/templates">{t("toList")}</Link>
            </Button>
          }
        >
          {t("missingBody")}
        </EmptyState>
      </Page>
    );
  }
  if (query.isError) {
    return (
      <Page>
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} />
      </Page>
    );
  }
  return (
    <Page className="grid gap-6 lg:grid-cols-[488px_1fr]">
      <Skeleton className="h-[600px]" />
      <Skeleton className="h-[600px]" />
    </Page>
  );
}

function Studio({ template }: { template: OpenTemplate }) {
  const t = useTranslations("templates.editor");
  const locale = useLocale();
  const mayEdit = useSession().can("edit-templates");
  const store = useTemplateDraft(template);
  const findings = useFindings(store.draft, template.name);
  const [language, setLanguage] = useQueryState("language", parseAsString.withDefault(locale));
  const [isDuplicating, setDuplicating] = useState(false);
  const content = store.draft.languages.find((one) => one.language === language) ?? store.draft.languages[0];
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const show = (finding: LocalFinding) => {
    if (finding.language) setLanguage(finding.language);
    // The tab's form must be there before its field can have the focus.
    setTimeout(
      () => document.getElementById(fieldIdOf(finding, finding.language ?? content?.language ?? ""))?.focus(),
      50,
    );
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <EditorBar template={template} store={store} errors={errors} onDuplicate={() => setDuplicating(true)} />
      <div className="grid flex-1 items-start lg:grid-cols-[minmax(360px,488px)_minmax(0,1fr)] xl:grid-cols-[minmax(360px,488px)_minmax(0,1fr)_304px]">
        <div className="min-w-0 border-border bg-surface px-4 pb-8 md:px-5 lg:sticky lg:top-24 lg:h-[calc(100dvh-96px)] lg:overflow-y-auto lg:border-r">
          <div className="sticky top-0 z-10 bg-surface">
            <LanguageTabs
              languages={store.draft.languages.map((one) => one.language)}
              current={content?.language ?? ""}
              findings={findings}
              onCurrent={setLanguage}
              onAdd={
                mayEdit
                  ? (added) => {
                      store.change(addLanguage(added, content?.language ?? ""));
                      setLanguage(added);
                    }
                  : null
              }
            />
          </div>
          <CategorySelect template={template} store={store} mayEdit={mayEdit} />
          {content ? (
            <LanguageForm
              content={content}
              template={template}
              store={store}
              findings={findings}
              mayEdit={mayEdit}
              onDuplicate={() => setDuplicating(true)}
            />
          ) : null}
        </div>
        <div className="min-w-0 px-4 py-4 md:px-6 lg:sticky lg:top-24">
          <TemplateStage
            draft={store.draft}
            template={template}
            findings={findings}
            current={content?.language ?? ""}
          />
          <div className="mt-4 max-w-xl xl:hidden">
            <TemplateChecks
              findings={findings}
              template={template}
              onShow={show}
              note={errors > 0 ? t("submitLocked", { count: errors }) : null}
            />
          </div>
        </div>
        <div className="hidden h-[calc(100dvh-96px)] overflow-y-auto border-border border-l bg-surface px-4 py-4 xl:sticky xl:top-24 xl:block">
          <TemplateChecks
            findings={findings}
            template={template}
            onShow={show}
            note={errors > 0 ? t("submitLocked", { count: errors }) : null}
          />
        </div>
      </div>
      {isDuplicating ? <DuplicateDialog template={template} onClose={() => setDuplicating(false)} /> : null}
    </div>
  );
}

type EditorBarProps = {
  template: OpenTemplate;
  store: ReturnType<typeof useTemplateDraft>;
  errors: number;
  onDuplicate: () => void;
};

function EditorBar({ template, store, errors, onDuplicate }: EditorBarProps) {
  const t = useTranslations("templates.editor");
  const session = useSession();
  const router = useRouter();
  const submit = useSubmitTemplate(template.id, store);
  const known = new Map(template.languages.map((one) => [one.language, one.isOpen]));
  const hasOpen = store.draft.languages.some((one) => known.get(one.language) ?? true);
  const isReady = errors === 0 && hasOpen && store.state !== "conflict";
  return (
    <header className="sticky top-12 z-20 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 border-border border-b bg-surface px-3 py-2 md:px-5">
      <IconButton icon={ArrowLeft} label={t("back")} size="dense" onClick={() => router.push("/templates")} />
      <h1 className="min-w-0 truncate font-mono text-base">{template.name}</h1>
      <span className="flex-1" />
      {session.can("edit-templates") ? <SaveNote store={store} /> : null}
      {session.can("edit-templates") ? <Button onClick={onDuplicate}>{t("duplicate")}</Button> : null}
      {session.can("submit-templates") ? (
        <Button
          variant="primary"
          aria-disabled={!isReady}
          aria-describedby={isReady ? undefined : "submit-note"}
          isBusy={submit.isPending}
          onClick={() => isReady && submit.mutate()}
        >
          <Send aria-hidden />
          {hasOpen ? t("submit") : t("submitted")}
        </Button>
      ) : null}
    </header>
  );
}

/** The id of the control a finding is about. */
function fieldIdOf({ field, values }: LocalFinding, language: string): string {
  const [part, detail] = field.split(".");
  if (part === "samples") return `sample-${values.variable ?? detail ?? ""}`;
  if (part === "buttons") return `button-${language}-${detail ?? 0}`;
  return `${part ?? "body"}-${language}`;
}
