"use client";

import { useQuery } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import { FlaskConical } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useFormatter, useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { VerdictChip } from "#components/experiment-words/verdict-chip.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { AddressSearch } from "#components/ui/address-search.tsx";
import { Button } from "#components/ui/button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import type { ExperimentRow } from "./experiment.ts";

const tabs = ["running", "planned", "over", "all"] as const;
const statesOf: Record<(typeof tabs)[number], readonly ExperimentRow["state"][]> = {
  running: ["running"],
  planned: ["draft"],
  over: ["stopped", "decided"],
  all: ["draft", "running", "stopped", "decided"],
};
const dayMs = 86_400_000;

/** The workspace's experiments with what there is to do about each. */
export function ExperimentsScreen() {
  const t = useTranslations("experiments");
  const trpc = useTRPC();
  const [{ tab, search }, setFilters] = useQueryStates({
    tab: parseAsStringLiteral(tabs).withDefault("all"),
    search: parseAsString.withDefault(""),
  });
  const list = useQuery(trpc.experiments.list.queryOptions());
  const wanted = search.trim().toLowerCase();
  const fits = ({ title, key, flowName }: ExperimentRow) =>
    [title, key, flowName].some((text) => text.toLowerCase().includes(wanted));
  const rows = list.data?.filter((row) => statesOf[tab].includes(row.state) && fits(row));
  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<AddressSearch name="search" className="w-64" placeholder={t("search")} clearLabel={t("clear")} />}
      />
      <ListTabs
        label={t("title")}
        names={tabs}
        value={tab}
        onValueChange={(next) => setFilters({ tab: next })}
        textOf={(name) => t(`tabs.${name}`)}
        counts={Object.fromEntries(
          tabs.map((name) => [name, list.data?.filter(({ state }) => statesOf[name].includes(state)).length]),
        )}
        className="mt-4 mb-3"
      />
      {list.isError ? (
        <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={() => void list.refetch()}>
          {t("failedBody")}
        </ErrorState>
      ) : (
        <ExperimentsTable
          rows={rows}
          isFiltered={wanted !== "" || (tab !== "all" && (list.data?.length ?? 0) > 0)}
          onClear={() => setFilters({ search: null, tab: "all" })}
        />
      )}
    </Page>
  );
}

type TableProps = { rows: ExperimentRow[] | undefined; isFiltered: boolean; onClear: () => void };

function ExperimentsTable({ rows, isFiltered, onClear }: TableProps) {
  const t = useTranslations("experiments");
  const format = useFormatter();
  const router = useRouter();
  const now = useProductNow();
  const columns: ColumnDef<ExperimentRow>[] = [
    {
      id: "name",
      accessorFn: ({ title, key }) => title || key,
      header: t("columns.experiment"),
      cell: ({ row: { original: row } }) => (
        <div className="min-w-0 max-w-72 py-0.5 xl:max-w-md">
          <Link
            href={`/experiments/${row.id}`}
            onClick={(event) => event.stopPropagation()}
            className="block truncate font-medium hover:underline"
          >
            {row.title || row.key}
          </Link>
          <p className="truncate text-secondary text-xs">
            <Arms row={row} />
          </p>
        </div>
      ),
    },
    {
      accessorKey: "flowName",
      header: t("columns.flow"),
      cell: ({ row: { original: row } }) => (
        <Link
          href={`/flows/${row.flowId}`}
          onClick={(event) => event.stopPropagation()}
          className="block max-w-52 truncate hover:underline"
        >
          {row.flowName}
        </Link>
      ),
    },
    {
      id: "verdict",
      accessorFn: ({ state, verdict }) => `${state} ${verdict?.state ?? ""}`,
      header: t("columns.verdict"),
      cell: ({ row: { original: row } }) => <Verdict row={row} />,
    },
    {
      accessorKey: "people",
      header: t("columns.people"),
      meta: { isNumber: true },
      cell: ({ row: { original: row } }) => format.number(row.people),
    },
    {
      id: "days",
      accessorFn: ({ startedAt }) => startedAt?.getTime() ?? 0,
      header: t("columns.days"),
      meta: { isNumber: true },
      cell: ({ row: { original: row } }) => {
        const until = row.endedAt ?? now;
        if (!row.startedAt || !until) return "–";
        return format.number(Math.max(0, Math.floor((until.getTime() - row.startedAt.getTime()) / dayMs)) + 1);
      },
    },
  ];
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      onRowClick={(row) => router.push(`/experiments/${row.id}`)}
      empty={
        isFiltered ? (
          <EmptyState
            icon={FlaskConical}
            title={t("noMatchTitle")}
            action={<Button onClick={onClear}>{t("clearFilter")}</Button>}
          >
            {t("noMatchBody")}
          </EmptyState>
        ) : (
          <EmptyState
            icon={FlaskConical}
            title={t("emptyTitle")}
            action={
              <Button variant="primary" asChild>
                <Link href="/flows">{t("toFlows")}</Link>
              </Button>
            }
          >
            {t("emptyBody")}
          </EmptyState>
        )
      }
    />
  );
}

function Arms({ row }: { row: ExperimentRow }) {
  const armName = useArmName(row);
  const format = useFormatter();
  return row.arms
    .map(({ id, weight }) => `${armName(id)} ${format.number(weight / 100, { style: "percent" })}`)
    .join(" · ");
}

function Verdict({ row }: { row: ExperimentRow }) {
  const t = useTranslations("experiments");
  const format = useFormatter();
  const armName = useArmName(row);
  const { verdict, winner, readAt } = row;
  const rate = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 2 });
  const arm = winner ?? verdict?.arm ?? null;
  return (
    <div className="min-w-0 max-w-80 py-0.5">
      <VerdictChip state={row.state} verdict={verdict?.state ?? null} />
      <p className="mt-0.5 truncate text-secondary text-xs">
        {arm !== null ? armName(arm) : null}
        {arm !== null && verdict?.rates ? " · " : null}
        {verdict?.rates ? t("ratesShort", { baseline: rate(verdict.rates[0]), arm: rate(verdict.rates[1]) }) : null}
        {row.state === "running" && verdict && readAt ? (
          <>
            {arm !== null || verdict.rates ? " · " : null}
            {t.rich("asOf", { time: () => <RelativeTime date={readAt} /> })}
          </>
        ) : null}
      </p>
    </div>
  );
}
