"use client";

import { CircleCheck, Info } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { TableRow } from "#components/ui/table.tsx";
import type { UnknownOutcome } from "#server/health/read-unknowns.ts";
import { Panel, PanelCell, PanelEmpty, PanelTable } from "./panel.tsx";
import { useSpanWords } from "./use-span-words.ts";

type UnknownsCardProps = { unknowns: { total: number; rows: UnknownOutcome[] } };

const columns = ["flow", "why", "age", "next"] as const;
const shown = 5;

/** Messages of which nobody knows whether they arrived, and what happens to each without anybody's doing. */
export function UnknownsCard({ unknowns: { total, rows } }: UnknownsCardProps) {
  const t = useTranslations("health.unknowns");
  const span = useSpanWords();
  const head = columns.map((name) => ({ label: t(`columns.${name}`), isNumber: name === "age" }));
  const help = { terms: columns.map((name) => ({ term: t(`columns.${name}`), text: t(`help.${name}`) })) };
  if (total === 0) {
    return (
      <Panel title={t("title")} help={help} aside={t("note")}>
        <PanelEmpty icon={CircleCheck}>{t("empty")}</PanelEmpty>
      </Panel>
    );
  }
  return (
    <Panel title={t("title")} count={total} help={help} aside={t("note")}>
      <PanelTable caption={t("caption")} head={head}>
        {rows.slice(0, shown).map((row) => (
          <TableRow key={row.id} className="h-[37px]">
            <PanelCell className="max-w-44 truncate font-medium">
              {row.flowId ? (
                <Link href={`/flows/${row.flowId}`} className="hover:underline">
                  {row.flowName}
                </Link>
              ) : (
                t("noFlow")
              )}
            </PanelCell>
            <PanelCell className="text-secondary">{t(`causes.${row.cause}`)}</PanelCell>
            <PanelCell isNumber>{span(row.ageMs)}</PanelCell>
            <PanelCell className="min-w-40 whitespace-normal py-1 text-secondary">
              {t(row.leftMs <= 0 ? (row.isResent ? "resendNow" : "waitOver") : row.isResent ? "resend" : "wait", {
                left: span(Math.ceil(row.leftMs / 1000) * 1000),
              })}
            </PanelCell>
          </TableRow>
        ))}
      </PanelTable>
      <p className="mt-auto flex items-start gap-2 border-border border-t px-4 py-2.5 text-secondary text-xs">
        <Info aria-hidden className="mt-px size-3.5 shrink-0" />
        <span className="flex-1">{t("rule")}</span>
        {total > shown ? (
          <Link href="/messages?tab=unknown" className="shrink-0 text-accent hover:underline">
            {t("all", { count: total })}
          </Link>
        ) : null}
      </p>
    </Panel>
  );
}
