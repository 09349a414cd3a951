"use client";

import { ShieldAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { TableRow } from "#components/ui/table.tsx";
import type { DatabaseFacts } from "#server/health/read-database.ts";
import { Panel, PanelCell, PanelTable } from "./panel.tsx";
import { useSpanWords } from "./use-span-words.ts";

const columns = ["table", "size", "rows", "dead"] as const;
const terms = [
  ["size", "size"],
  ["connections", "connections"],
  ["oldest", "oldest"],
  ["columns.rows", "rows"],
  ["columns.dead", "dead"],
] as const;
const deadShare = 0.2;

/** The database's size, what strains it, and its largest tables. */
export function DatabaseCard({ database }: { database: DatabaseFacts }) {
  const t = useTranslations("health.database");
  const format = useFormatter();
  const span = useSpanWords();
  const size = useSizeWords();
  const count = (value: number) => format.number(value, { notation: value >= 100_000 ? "compact" : "standard" });
  const isOld = database.oldestTransactionMs > 60_000;
  const isFull = database.connections / Math.max(1, database.maxConnections) >= 0.85;
  const head = columns.map((name) => ({ label: t(`columns.${name}`), isNumber: name !== "table" }));
  const help = { terms: terms.map(([term, name]) => ({ term: t(term), text: t(`help.${name}`) })) };
  return (
    <Panel title={t("title")} help={help} aside={t("note")}>
      <dl className="grid grid-cols-3 gap-3 px-4 pb-3">
        <Fact name={t("size")}>{size(database.bytes)}</Fact>
        <Fact name={t("connections")} isWarning={isFull}>
          {t("ofMost", { used: database.connections, most: database.maxConnections })}
        </Fact>
        <Fact name={t("oldest")} isWarning={isOld}>
          {span(database.oldestTransactionMs)}
        </Fact>
      </dl>
      {database.mayChangeAudit ? (
        <p className="flex items-start gap-1.5 px-4 pb-3 text-xs">
          <ShieldAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warning" />
          <span>{t("triggerOnly")}</span>
        </p>
      ) : null}
      <PanelTable caption={t("caption")} head={head}>
        {database.tables.map((table) => {
          const share = table.deadRows / Math.max(1, table.rows + table.deadRows);
          const isBloated = share >= deadShare && table.deadRows > 10_000;
          return (
            <TableRow key={table.name} className="h-[33px]">
              <PanelCell className="py-1.5 font-mono text-xs">{table.name}</PanelCell>
              <PanelCell isNumber className="py-1.5">
                {size(table.bytes)}
              </PanelCell>
              <PanelCell isNumber className="py-1.5">
                {count(table.rows)}
              </PanelCell>
              <PanelCell isNumber className={cn("py-1.5", isBloated ? "text-warning" : "text-secondary")}>
                {count(table.deadRows)}
              </PanelCell>
            </TableRow>
          );
        })}
      </PanelTable>
    </Panel>
  );
}

function Fact({ name, isWarning, children }: { name: string; isWarning?: boolean; children: string }) {
  return (
    <div>
      <dt className="text-secondary text-xs">{name}</dt>
      <dd className={cn("tabular font-semibold text-sm", isWarning && "text-warning")}>{children}</dd>
    </div>
  );
}

function useSizeWords(): (bytes: number) => string {
  const t = useTranslations("health.size");
  const format = useFormatter();
  return (bytes) => {
    if (bytes < 2 ** 20) return t("kB", { amount: format.number(Math.round(bytes / 2 ** 10)) });
    if (bytes < 2 ** 30)
      return t("MB", {
        amount: format.number(bytes / 2 ** 20, { maximumFractionDigits: bytes < 10 * 2 ** 20 ? 1 : 0 }),
      });
    return t("GB", { amount: format.number(bytes / 2 ** 30, { maximumFractionDigits: 1 }) });
  };
}
