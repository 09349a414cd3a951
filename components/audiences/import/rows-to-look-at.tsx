"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ImportRow } from "./import-types.ts";
import { useFindingWords } from "./use-finding-words.ts";

const all = "all";

/** The rows that were not taken, or not whole: what stood there, why, and one thing to do about it. `count` makes the list read itself anew. */
export function RowsToLookAt({ importId, count }: { importId: string; count: number }) {
  const t = useTranslations("audiences.import.rowsToLookAt");
  const format = useFormatter();
  const words = useFindingWords();
  const trpc = useTRPC();
  const [rule, setRule] = useState(all);
  const query = useQuery(
    trpc.imports.rows.queryOptions(
      { importId, ...(rule !== all && { rule }) },
      { placeholderData: keepPreviousData, refetchInterval: count > 0 ? 3_000 : 5_000 },
    ),
  );
  const { refetch } = query;
  useEffect(() => {
    if (count > 0) void refetch();
  }, [count, refetch]);
  const rules = query.data?.rules ?? [];
  const found = rules.reduce((sum, one) => sum + one.rows, 0);
  if (found === 0) return null;
  return (
    <section aria-label={t("title")}>
      <div className="flex items-center gap-2">
        <h3 className="font-semibold text-sm">{t("title")}</h3>
        <Chip>{format.number(found)}</Chip>
        <span className="flex-1" />
        <Select
          isDense
          aria-label={t("reasons")}
          options={[
            { value: all, label: t("allReasons") },
            ...rules.map((one) => ({
              value: one.rule,
              label: `${words.short(one.rule)} (${format.number(one.rows)})`,
            })),
          ]}
          value={rule}
          onValueChange={setRule}
          className="w-auto max-w-52"
        />
      </div>
      <ul className="mt-1 divide-y divide-border">
        {query.data?.rows.map((row) => (
          <Row key={`${row.row} ${row.finding?.value}`} importId={importId} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ importId, row }: { importId: string; row: ImportRow }) {
  const t = useTranslations("audiences.import.rowsToLookAt");
  const words = useFindingWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const { finding } = row;
  const [typed, setTyped] = useState<string | null>(null);
  const fix = useMutation(
    trpc.imports.fix.mutationOptions({
      onSuccess: async () => {
        setTyped(null);
        await client.invalidateQueries(trpc.imports.pathFilter());
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  if (!finding) return null;
  const send = (value: string) => fix.mutate({ importId, row: row.row, column: finding.column, value });
  return (
    <li className="flex items-start gap-3 py-2.5">
      <span className="tabular w-10 shrink-0 text-right text-secondary text-sm">{row.row}</span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-1.5 font-mono text-xs">
          <span>{finding.column}</span>
          <span
            className={cn(
              "rounded-xs px-1 py-px",
              row.state === "refused" ? "bg-danger-tint text-danger" : "bg-warning-tint text-warning",
            )}
          >
            {finding.value || t("empty")}
          </span>
        </p>
        <p className="mt-0.5 text-secondary text-sm">{words.long(finding)}</p>
        {typed === null ? null : (
          <form
            className="mt-1.5 flex gap-1.5"
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim()) send(typed);
            }}
          >
            <Input
              isDense
              autoFocus
              aria-label={t("newValue", { column: finding.column, row: row.row })}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Escape") return;
                event.stopPropagation();
                setTyped(null);
              }}
            />
            <Button size="dense" type="submit" isBusy={fix.isPending}>
              {t("save")}
            </Button>
          </form>
        )}
      </div>
      {typed === null ? (
        <Act row={row} isBusy={fix.isPending} onUse={send} onFix={() => setTyped(finding.value)} />
      ) : null}
    </li>
  );
}

type ActProps = { row: ImportRow; isBusy: boolean; onUse: (value: string) => void; onFix: () => void };

/** One thing to do: what it probably means, the person it was taken as, or another value. */
function Act({ row: { finding, contactId }, isBusy, onUse, onFix }: ActProps) {
  const t = useTranslations("audiences.import.rowsToLookAt");
  const { fix, column } = finding ?? {};
  if (fix)
    return (
      <Button size="dense" isBusy={isBusy} onClick={() => onUse(fix)}>
        {t("use", { value: fix })}
      </Button>
    );
  if (column)
    return (
      <Button size="dense" variant="quiet" onClick={onFix}>
        {t("fix")}
      </Button>
    );
  if (!contactId) return null;
  return (
    <Button size="dense" variant="quiet" asChild>
      <Link href={`/contacts/${contactId}`}>{t("view")}</Link>
    </Button>
  );
}
