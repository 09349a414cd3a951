"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SettingsTabs } from "#components/app-shell/settings-tabs.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import type { AuditRow } from "./audit-row.ts";
import { AuditSheet } from "./audit-sheet.tsx";
import { AuditTable } from "./audit-table.tsx";
import { ChainCard } from "./chain-card.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { useAuditFilter } from "./use-audit-filter.ts";

/** Who did what to what, and when: read, filtered, exported, and checked to be as it was written. */
export function AuditScreen() {
  const t = useTranslations("auditLog");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [open, setOpen] = useState<AuditRow | null>(null);
  const filtering = useAuditFilter();
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(filtering.filter, {
      getNextPageParam: (page) => page.after ?? undefined,
      initialCursor: undefined,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows);
  return (
    <Page className="max-w-[1200px]">
      <SettingsTabs />
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<ExportMenu filter={filtering.filter} />}
      />
      <div className="mt-4 space-y-3">
        <ChainCard />
        <AuditFilters {...filtering} />
        {query.isError ? (
          <ErrorState title={t("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()} />
        ) : (
          <AuditTable
            rows={rows}
            openSequence={open?.sequence ?? null}
            onOpen={setOpen}
            empty={
              <EmptyState
                icon={ScrollText}
                title={t(filtering.isFiltered ? "noneTitle" : "emptyTitle")}
                action={filtering.isFiltered ? <Button onClick={filtering.clear}>{t("clear")}</Button> : null}
              >
                {t(filtering.isFiltered ? "noneBody" : "emptyBody")}
              </EmptyState>
            }
          />
        )}
      </div>
      <LoadMore query={query}>{t("more")}</LoadMore>
      {open ? <AuditSheet row={open} onClose={() => setOpen(null)} /> : null}
    </Page>
  );
}
