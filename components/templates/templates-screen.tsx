"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useDeferredValue, useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { LanguageLegend } from "#components/template-words/template-status.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { AddressSearch } from "#components/ui/address-search.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Select } from "#components/ui/select.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { FirstUse } from "./first-use.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { NewTemplateDialog } from "./new-template-dialog.tsx";
import { NoMatch } from "./no-match.tsx";
import { TemplateMenu } from "./template-menu.tsx";
import type { TemplateRow } from "./template-row.ts";
import { TemplateTable } from "./template-table.tsx";
import { TemplatesActions } from "./templates-actions.tsx";

const tabs = ["all", "approved", "submitted", "paused", "rejected", "draft"] as const;
const anyLanguage = "any";
const anyAccount = "any";

/** All templates. Tab, search and language live in the address; J and K walk the rows, Enter opens, C begins a new one. */
export function TemplatesScreen() {
  const t = useTranslations("templates");
  const locale = useLocale();
  const trpc = useTRPC();
  const mayEdit = useSession().can("edit-templates");
  const [{ tab, search, language, account, create, import: isImporting }, setAddress] = useQueryStates({
    tab: parseAsStringLiteral(tabs).withDefault("all"),
    search: parseAsString.withDefault(""),
    language: parseAsString,
    account: parseAsString,
    create: parseAsBoolean.withDefault(false),
    import: parseAsBoolean.withDefault(false),
  });
  const query = useQuery({
    ...trpc.templates.list.queryOptions({
      status: tab,
      search: useDeferredValue(search),
      language: language ?? undefined,
      account: account ?? undefined,
    }),
    placeholderData: keepPreviousData,
    // The provider's review ends by itself.
    refetchInterval: ({ state }) =>
      state.data?.templates.some((row) => row.languages.some((one) => one.status === "submitted")) ? 3_000 : 30_000,
  });
  const rows = query.data?.templates;
  const currentId = useRowKeys(rows, { onNew: mayEdit ? () => setAddress({ create: true }) : null });
  const dialog =
    create && mayEdit ? (
      <NewTemplateDialog onClose={() => setAddress({ create: null })} />
    ) : isImporting && mayEdit ? (
      <ImportDialog onClose={() => setAddress({ import: null })} />
    ) : null;
  if (query.data?.total === 0) {
    return (
      <>
        <FirstUse
          onNew={() => setAddress({ create: true })}
          onImport={() => setAddress({ import: true })}
          mayEdit={mayEdit}
        />
        {dialog}
      </>
    );
  }
  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <TemplatesActions onNew={() => setAddress({ create: true })} onImport={() => setAddress({ import: true })} />
        }
      />
      <ListTabs
        label={t("title")}
        names={tabs}
        value={tab}
        onValueChange={(next) => setAddress({ tab: next })}
        textOf={(name) => t(`tabs.${name}`)}
        counts={query.data?.counts}
        className="mt-3"
      />
      <div className="my-3 flex flex-wrap items-center gap-2">
        <AddressSearch name="search" className="w-70 max-w-full" placeholder={t("find")} clearLabel={t("clear")} />
        <Select
          aria-label={t("languageFilter")}
          className="w-auto min-w-36"
          value={language ?? anyLanguage}
          onValueChange={(next) => setAddress({ language: next === anyLanguage ? null : next })}
          options={[
            { value: anyLanguage, label: t("anyLanguage") },
            ...(query.data?.languages ?? []).map((value) => ({ value, label: languageName(value, locale) })),
          ]}
        />
        {query.data && query.data.accounts.length > 1 ? (
          <Select
            aria-label={t("accounts.filter")}
            className="w-auto min-w-36 max-w-64"
            value={account ?? anyAccount}
            onValueChange={(next) => setAddress({ account: next === anyAccount ? null : next })}
            options={[
              { value: anyAccount, label: t("accounts.any") },
              ...query.data.accounts.map(({ accountId, numbers }) => ({ value: accountId, label: numbers.join(", ") })),
            ]}
          />
        ) : null}
        {query.data ? (
          <p className="ml-auto text-secondary text-sm">
            {t.rich("shown", {
              shown: query.data.templates.length,
              total: query.data.total,
              b: (words) => <b className="tabular font-semibold text-ink">{words}</b>,
            })}
          </p>
        ) : null}
      </div>
      {query.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
          {t("failedBody")}
        </ErrorState>
      ) : rows?.length === 0 ? (
        <NoMatch
          filters={{ tab, search, language }}
          without={query.data?.without ?? { search: 0, language: 0, tab: 0 }}
          onDrop={(filters) => setAddress(Object.fromEntries(filters.map((filter) => [filter, null])))}
        />
      ) : (
        <>
          <TemplateTable
            rows={rows}
            currentId={currentId}
            menuOf={(row) => <TemplateMenu row={row} mayEdit={mayEdit} />}
          />
          <div className="mt-3 flex flex-wrap items-center justify-between gap-3 px-1">
            <LanguageLegend />
            <Keys mayEdit={mayEdit} />
          </div>
        </>
      )}
      {dialog}
    </Page>
  );
}

function Keys({ mayEdit }: { mayEdit: boolean }) {
  const t = useTranslations("templates.keys");
  return (
    <p className="hidden items-center gap-1 text-secondary text-xs lg:flex">
      <Kbd>J</Kbd>
      <Kbd>K</Kbd> {t("walk")}, <Kbd>{t("enter")}</Kbd> {t("open")}
      {mayEdit ? (
        <>
          , <Kbd>C</Kbd> {t("new")}
        </>
      ) : null}
    </p>
  );
}

/** The row under the keyboard. Keys count only while nobody types and no dialog is open. */
function useRowKeys(rows: TemplateRow[] | undefined, { onNew }: { onNew: (() => void) | null }): string | undefined {
  const router = useRouter();
  const [currentId, setCurrentId] = useState<string>();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select, button, a, [role=dialog], [role=menu]");
      if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey || !rows) return;
      const here = rows.findIndex((row) => row.id === currentId);
      if (event.key === "j") setCurrentId(rows[Math.min(here + 1, rows.length - 1)]?.id);
      if (event.key === "k") setCurrentId(rows[Math.max(here - 1, 0)]?.id);
      if (event.key === "Enter" && rows[here]) router.push(`/templates/${rows[here].id}`);
      if (event.key === "c" && onNew) {
        // Else the letter would land in the dialog's first field.
        event.preventDefault();
        onNew();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [rows, currentId, onNew, router]);
  return currentId;
}
