"use client";

import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { type AuditRow, type Fact, factsOf } from "./audit-row.ts";
import { useAuditWords } from "./use-audit-words.ts";

type AuditTableProps = {
  rows: AuditRow[] | undefined;
  openSequence: number | null;
  onOpen: (row: AuditRow) => void;
  empty: ReactNode;
};

export function AuditTable({ rows, openSequence, onOpen, empty }: AuditTableProps) {
  const t = useTranslations("auditLog");
  const columns = useColumns(onOpen);
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={rows}
      rowId={({ sequence }) => String(sequence)}
      currentRowId={openSequence === null ? undefined : String(openSequence)}
      onRowClick={onOpen}
      empty={empty}
    />
  );
}

function useColumns(onOpen: (row: AuditRow) => void): ColumnDef<AuditRow>[] {
  const t = useTranslations("auditLog");
  const format = useFormatter();
  const words = useAuditWords();
  return useMemo(
    () => [
      {
        id: "at",
        header: t("columns.when"),
        enableSorting: false,
        meta: { className: "tabular whitespace-nowrap text-secondary" },
        cell: ({ row: { original: row } }) => (
          <time dateTime={row.at.toISOString()}>{format.dateTime(row.at, "moment")}</time>
        ),
      },
      {
        id: "who",
        header: t("columns.who"),
        enableSorting: false,
        meta: { className: "whitespace-nowrap" },
        cell: ({ row: { original: row } }) => (
          <span className="flex items-center gap-2">
            <Avatar name={words.actor(row)} size="small" />
            {words.actor(row)}
          </span>
        ),
      },
      {
        id: "what",
        header: t("columns.what"),
        enableSorting: false,
        meta: { className: "min-w-52" },
        cell: ({ row: { original: row } }) => (
          <button
            type="button"
            aria-haspopup="dialog"
            className="rounded-xs text-left font-medium hover:underline"
            onClick={(event) => {
              event.stopPropagation();
              onOpen(row);
            }}
          >
            {words.action(row.action)}
          </button>
        ),
      },
      {
        id: "subject",
        header: t("columns.subject"),
        enableSorting: false,
        cell: ({ row: { original: row } }) => (
          <span>
            <span className="text-secondary">{words.subject(row.subject)}</span>
            {row.subjectName && row.subject !== "approval" ? ` ${row.subjectName}` : null}
          </span>
        ),
      },
      {
        id: "detail",
        header: t("columns.detail"),
        enableSorting: false,
        cell: ({ row: { original: row } }) => <Gist detail={row.detail} />,
      },
    ],
    [t, format, words, onOpen],
  );
}

/** The first of what the row keeps; the sheet has the rest. */
function Gist({ detail }: { detail: AuditRow["detail"] }) {
  const t = useTranslations("auditLog");
  const { changes, facts } = factsOf(detail);
  // A hash or an id says nothing at a glance.
  const [first] = [...changes, ...facts].sort((left, right) => Number(isOpaque(left)) - Number(isOpaque(right)));
  if (!first) return null;
  const more = changes.length + facts.length - 1;
  return (
    <span className="block max-w-72 truncate text-secondary text-xs">
      {first.name ? `${first.name}: ` : ""}
      {first.before === null ? first.after : t("change", { before: first.before || "–", after: first.after || "–" })}
      {more > 0 ? ` ${t("andMore", { count: more })}` : ""}
    </span>
  );
}

const isOpaque = ({ name, after }: Fact): boolean => /hash$|id$/i.test(name) || /^[0-9a-f]{64}$/.test(after);
