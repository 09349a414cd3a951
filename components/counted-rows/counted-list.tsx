"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

type Paged<Row> = {
  data?: { pages: { rows: Row[] }[] };
  error: unknown;
  isError: boolean;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
};

type CountedListProps<Row> = {
  /** An infinite query of the query library. */
  query: Paged<Row>;
  keyOf: (row: Row) => string;
  /** When nothing is left of what was counted. */
  none: string;
  children: (row: Row) => ReactNode;
};

/** What stands behind a number, page by page. */
export function CountedList<Row>({ query, keyOf, none, children }: CountedListProps<Row>) {
  const t = useTranslations("countedRows");
  const errorWords = useErrorWords();
  if (query.isError)
    return (
      <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
        {errorWords(query.error)}
      </ErrorState>
    );
  const rows = query.data?.pages.flatMap((page) => page.rows);
  if (!rows) return <Skeleton className="h-96 w-full" />;
  if (rows.length === 0) return <p className="py-8 text-center text-secondary text-sm">{none}</p>;
  return (
    <>
      <ul className="divide-y divide-border">
        {rows.map((row) => (
          <li key={keyOf(row)}>{children(row)}</li>
        ))}
      </ul>
      <LoadMore query={query}>{t("more")}</LoadMore>
    </>
  );
}

type CountedRowProps = {
  person: { contactId: string; firstName: string | null; lastName: string | null; phone: string | null };
  /** Which message it was, and what became of it. */
  about: string;
  what: string;
  at: Date;
};

/** Whose it was, what it was and when, with the way to the person and to why; who may not see people sees only the rest. */
export function CountedRow({ person, about, what, at }: CountedRowProps) {
  const t = useTranslations("countedRows");
  const format = useFormatter();
  const { can } = useSession();
  const { contactId, firstName, lastName, phone } = person;
  const name = [firstName, lastName].filter(Boolean).join(" ") || phone || t("somebody");
  return (
    <div className="flex items-start justify-between gap-3 py-2.5 text-sm">
      <div className="min-w-0">
        {can("see-contacts") ? (
          <Link href={`/contacts/${contactId}`} className="block truncate font-medium hover:underline">
            {name}
          </Link>
        ) : (
          <p className="truncate font-medium">{name}</p>
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
