"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Measure } from "#flow/metric.ts";
import type { CountedRow } from "#server/dashboard/list-counted.ts";
import type { Filter } from "./use-dashboard-filter.ts";
import { useReasonName } from "./use-reason-name.ts";

/** Which number somebody wants to look behind, and what it is called. */
export type Behind = {
  measure: Measure;
  reason?: string;
  errorCode?: number;
  weekday?: number;
  hours?: number;
  name: string;
};

/** The messages behind a number, and whose they were, newest first. */
export function CountedSheet({
  filter,
  behind,
  onClose,
}: {
  filter: Filter;
  behind: Behind | null;
  onClose: () => void;
}) {
  const t = useTranslations("dashboard");
  return (
    <Sheet
      open={behind !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={behind?.name ?? ""}
      description={t("behindAbout")}
      closeLabel={t("close")}
    >
      {behind ? <Rows filter={filter} behind={behind} /> : null}
    </Sheet>
  );
}

function Rows({ filter, behind: { name: _, ...behind } }: { filter: Filter; behind: Behind }) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const errorWords = useErrorWords();
  const query = useInfiniteQuery(
    trpc.dashboard.messages.infiniteQueryOptions(
      { ...filter, ...behind },
      { getNextPageParam: (page) => page.after ?? undefined, initialCursor: undefined },
    ),
  );
  if (query.isError)
    return (
      <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
        {errorWords(query.error)}
      </ErrorState>
    );
  const rows = query.data?.pages.flatMap((page) => page.rows);
  if (!rows) return <Skeleton className="h-96 w-full" />;
  if (rows.length === 0) return <p className="py-8 text-center text-secondary text-sm">{t("behindNone")}</p>;
  return (
    <>
      <ul className="divide-y divide-border">
        {rows.map((row) => (
          <li key={row.id}>
            <Counted row={row} />
          </li>
        ))}
      </ul>
      <LoadMore query={query}>{t("more")}</LoadMore>
    </>
  );
}

function Counted({ row }: { row: CountedRow }) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const { can } = useSession();
  const nameOf = useReasonName();
  const { firstName, lastName, phone, contactId, flowName, template, direction, reason, errorCode, status, at } = row;
  const person = [firstName, lastName].filter(Boolean).join(" ") || phone || t("somebody");
  const about = [flowName, template ?? (direction === "inbound" ? t("theyWrote") : null)].filter(Boolean).join(" · ");
  const what = reason === null ? t(`statuses.${status}`) : nameOf({ reason, errorCode });
  return (
    <div className="flex items-start justify-between gap-3 py-2.5 text-sm">
      <div className="min-w-0">
        {can("see-contacts") ? (
          <Link href={`/contacts/${contactId}`} className="block truncate font-medium hover:underline">
            {person}
          </Link>
        ) : (
          <p className="truncate font-medium">{person}</p>
        )}
        <p className="truncate text-secondary text-xs">{about}</p>
        <p className="truncate text-xs">{what}</p>
      </div>
      <div className="shrink-0 text-right">
        <time dateTime={at.toISOString()} className="tabular block whitespace-nowrap text-secondary text-xs">
          {format.dateTime(at, {
            day: "numeric",
            month: "short",
            hour: "2-digit",
            minute: "2-digit",
            hourCycle: "h23",
          })}
        </time>
        {can("see-contacts") ? (
          <Link href={`/contacts/${contactId}/why`} className="text-accent text-xs hover:underline">
            {t("why")}
          </Link>
        ) : null}
      </div>
    </div>
  );
}
