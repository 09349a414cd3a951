"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ClipboardSignature, Users } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useDeferredValue } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { AddressSearch } from "#components/ui/address-search.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { ContactsTable } from "./contacts-table.tsx";

const tabs = ["any", "service", "marketing", "none", "suppressed"] as const;

/** Everybody the workspace may write to, with search and consent tabs kept in the address. */
export function ContactsScreen() {
  const t = useTranslations("contacts");
  const trpc = useTRPC();
  const [{ tab, search }, setFilters] = useQueryStates({
    tab: parseAsStringLiteral(tabs).withDefault("any"),
    search: parseAsString.withDefault(""),
  });
  const deferredSearch = useDeferredValue(search);
  const query = useInfiniteQuery(
    trpc.contacts.list.infiniteQueryOptions(
      { consent: tab, search: deferredSearch },
      {
        getNextPageParam: (page) => page.after ?? undefined,
        initialCursor: undefined,
        placeholderData: (previous) => previous,
      },
    ),
  );
  const counts = query.data?.pages[0]?.counts;
  const rows = query.data?.pages.flatMap((page) => page.rows);
  const exact = rows?.filter((row) => row.isExact).length ?? 0;
  const isFiltered = search !== "" || tab !== "any";
  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <Button asChild>
              <Link href="/contacts/opt-in-forms">
                <ClipboardSignature aria-hidden />
                {t("optInForms")}
              </Link>
            </Button>
            <AddressSearch name="search" className="w-72" placeholder={t("search")} clearLabel={t("clear")} />
          </>
        }
      />
      <ListTabs
        label={t("title")}
        names={tabs}
        value={tab}
        onValueChange={(next) => setFilters({ tab: next })}
        textOf={(name) => t(`tabs.${name}`)}
        counts={counts}
        className="mt-4 mb-3"
      />
      {exact > 1 ? (
        <Callout icon={Users} className="mb-3">
          {t("severalExact", { count: exact, search })}
        </Callout>
      ) : null}
      {query.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
          {t("failedBody")}
        </ErrorState>
      ) : (
        <ContactsTable
          rows={rows}
          empty={
            isFiltered ? (
              <EmptyState
                icon={Users}
                title={t("noMatchTitle")}
                action={<Button onClick={() => setFilters({ tab: null, search: null })}>{t("showAll")}</Button>}
              >
                {search ? t("noMatchBody", { search }) : t("noMatchTab")}
              </EmptyState>
            ) : (
              <EmptyState icon={Users} title={t("emptyTitle")}>
                {t("emptyBody")}
              </EmptyState>
            )
          }
        />
      )}
      <LoadMore query={query}>{t("more")}</LoadMore>
    </Page>
  );
}
