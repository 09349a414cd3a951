"use client";

import { useQuery } from "@tanstack/react-query";
import { FileUp, Plus } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { AddressSearch } from "#components/ui/address-search.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { BroadcastsTable } from "./broadcasts-table.tsx";
import { ImportSheet } from "./import/import-sheet.tsx";
import { SegmentsTable } from "./segments-table.tsx";

const tabs = ["segments", "broadcasts"] as const;

/** The workspace's segments, and what was and will be sent to them. */
export function AudiencesScreen() {
  const t = useTranslations("audiences");
  const { can } = useSession();
  const trpc = useTRPC();
  const [{ tab, search, import: opened }, setFilters] = useQueryStates({
    import: parseAsString,
    tab: parseAsStringLiteral(tabs).withDefault("segments"),
    search: parseAsString.withDefault(""),
  });
  const segments = useQuery(trpc.audiences.list.queryOptions());
  const broadcasts = useQuery(trpc.audiences.broadcasts.queryOptions(undefined, { refetchInterval: 3_000 }));
  const shown = tab === "segments" ? segments : broadcasts;
  const fits = (name: string | null) => (name ?? "").toLowerCase().includes(search.trim().toLowerCase());
  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <AddressSearch name="search" className="w-64" placeholder={t("search")} clearLabel={t("clear")} />
            {can("import-contacts") ? <ImportButton onOpen={(id) => setFilters({ import: id })} /> : null}
            {can("edit-audiences") ? (
              <Button variant="primary" asChild>
                <Link href="/audiences/new">
                  <Plus aria-hidden />
                  {t("new")}
                </Link>
              </Button>
            ) : null}
          </>
        }
      />
      <ListTabs
        label={t("title")}
        names={tabs}
        value={tab}
        onValueChange={(next) => setFilters({ tab: next })}
        textOf={(name) => t(`tabs.${name}`)}
        counts={{
          segments: segments.data?.rows.length,
          broadcasts: broadcasts.data && broadcasts.data.broadcasts.length + broadcasts.data.planned.length,
        }}
        className="mt-4 mb-3"
      />
      {shown.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => shown.refetch()}>
          {t("failedBody")}
        </ErrorState>
      ) : tab === "segments" ? (
        <SegmentsTable
          rows={segments.data?.rows.filter((row) => fits(row.name))}
          search={search}
          onClear={() => setFilters({ search: null })}
        />
      ) : (
        <BroadcastsTable
          broadcasts={broadcasts.data?.broadcasts.filter((row) => fits(row.flow.name) || fits(row.segment.name))}
          planned={broadcasts.data?.planned.filter((row) => fits(row.flow.name)) ?? []}
        />
      )}
      {can("import-contacts") ? <ImportSheet opened={opened} onOpen={(id) => setFilters({ import: id })} /> : null}
    </Page>
  );
}

/** Opens the sheet: for a new file, or for the import that is under way. */
function ImportButton({ onOpen }: { onOpen: (opened: string) => void }) {
  const t = useTranslations("audiences");
  const format = useFormatter();
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.imports.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "running") ? 2_000 : false),
    }),
  );
  const running = data?.find((one) => one.state === "running");
  const share = running && running.rows > 0 ? running.done / running.rows : 0;
  return (
    <Button onClick={() => onOpen(running?.id ?? "new")}>
      {running ? <Spinner /> : <FileUp aria-hidden />}
      {running ? t("importing", { share: format.number(share, { style: "percent" }) }) : t("importContacts")}
    </Button>
  );
}
