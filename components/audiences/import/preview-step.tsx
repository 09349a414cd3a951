"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { PreviewRow, StartInput } from "./import-types.ts";
import { useFindingWords } from "./use-finding-words.ts";

/** The first rows as they will be taken in, and how the first five hundred would fare. */
export function PreviewStep({ input, rows }: { input: StartInput; rows: number }) {
  const t = useTranslations("audiences.import.preview");
  const format = useFormatter();
  const words = useFindingWords();
  const trpc = useTRPC();
  const query = useQuery(trpc.imports.preview.queryOptions(input));
  if (query.isError) return <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={() => query.refetch()} />;
  if (!query.data) return <Skeleton className="h-64 w-full" />;
  const { tried, refused, rules, people } = query.data;
  return (
    <div className="space-y-3">
      <Callout tone={refused > 0 ? "warning" : "success"} icon={refused > 0 ? CircleAlert : CircleCheck}>
        {t("tried", { tried: format.number(tried), all: format.number(rows), refused })}
        {rules.length > 0 ? (
          <ul className="mt-1 list-disc pl-4">
            {rules.map(({ rule, rows: count }) => (
              <li key={rule}>{t("reason", { count, reason: words.short(rule) })}</li>
            ))}
          </ul>
        ) : null}
      </Callout>
      <ul className="divide-y divide-border rounded-lg border border-border">
        {people.map((row) => (
          <Row key={row.row} row={row} />
        ))}
      </ul>
    </div>
  );
}

function Row({ row: { row, person, finding } }: { row: PreviewRow }) {
  const t = useTranslations("audiences.import.preview");
  const words = useFindingWords();
  return (
    <li className="flex gap-3 px-3 py-2 text-sm">
      <span className="tabular w-8 shrink-0 text-right text-tertiary text-xs leading-5">{row}</span>
      <div className="min-w-0 flex-1">
        {person ? (
          <>
            <p className="truncate font-medium">{person.name || person.externalId || person.phone}</p>
            <p className="tabular truncate text-secondary text-xs">
              {[
                person.phone,
                person.externalId,
                ...person.facts.map(({ fact, value }) => `${fact}: ${value}`),
                ...person.tags,
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </>
        ) : null}
        {finding ? (
          <p className={person ? "text-warning text-xs" : "text-danger"}>{words.long(finding)}</p>
        ) : person?.hasConsent ? (
          <p className="text-success text-xs">{t("agreed")}</p>
        ) : null}
      </div>
    </li>
  );
}
