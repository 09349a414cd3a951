"use client";

import type { ColumnDef } from "@tanstack/react-table";
import type { inferRouterOutputs } from "@trpc/server";
import { CornerDownLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { MessageStatusChip } from "#components/phone/message-status-chip.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AppRouter } from "#server/router.ts";

export type MessageRow = inferRouterOutputs<AppRouter>["messages"]["list"]["rows"][number];

type MessagesTableProps = {
  rows: MessageRow[] | undefined;
  currentId: string | null;
  onOpen: (id: string) => void;
  empty: ReactNode;
};

/** One line a message: who, what, from which flow, and what became of it with the reason under the status. */
export function MessagesTable({ rows, currentId, onOpen, empty }: MessagesTableProps) {
  const t = useTranslations("messageLog");
  const reasons = useTranslations("reasons");
  const columns: ColumnDef<MessageRow>[] = [
    {
      id: "status",
      header: t("columns.status"),
      enableSorting: false,
      meta: { className: "w-64" },
      cell: ({ row: { original: row } }) => (
        <div className="space-y-0.5">
          <MessageStatusChip status={row.status} />
          {row.reason ? (
            <p className="max-w-60 text-secondary text-xs">
              {reasons.has(row.reason) ? reasons(row.reason) : row.reason}
            </p>
          ) : null}
        </div>
      ),
    },
    {
      id: "person",
      header: t("columns.person"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => (
        <div className="flex items-center gap-2.5">
          <Avatar name={personName(row) || "?"} seed={row.contactId} />
          <div className="min-w-0">
            <p className="truncate font-medium">{personName(row) || t("noName")}</p>
            <p className="tabular truncate text-tertiary text-xs">{row.phone ?? t("noPhone")}</p>
          </div>
        </div>
      ),
    },
    {
      id: "message",
      header: t("columns.message"),
      enableSorting: false,
      meta: { className: "w-[40%]" },
      cell: ({ row: { original: row } }) => (
        <div className="min-w-56 max-w-xl">
          <button
            type="button"
            // The row opens the same sheet for the mouse; the button is for the keyboard.
            onClick={(event) => {
              event.stopPropagation();
              onOpen(row.id);
            }}
            className="line-clamp-1 text-left"
          >
            {row.direction === "inbound" ? (
              <CornerDownLeft aria-label={t("incoming")} className="mr-1 inline size-3.5 text-tertiary" />
            ) : null}
            {row.content?.body ?? row.template}
          </button>
          {row.template ? <p className="truncate font-mono text-tertiary text-xs">{row.template}</p> : null}
        </div>
      ),
    },
    {
      id: "flow",
      header: t("columns.flow"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => (
        <span className="whitespace-nowrap text-secondary">{row.flowName ?? t("noFlow")}</span>
      ),
    },
    {
      id: "when",
      header: t("columns.when"),
      enableSorting: false,
      meta: { className: "whitespace-nowrap" },
      cell: ({ row: { original: row } }) => <RelativeTime date={row.createdAt} className="text-secondary" />,
    },
  ];
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      currentRowId={currentId ?? undefined}
      onRowClick={(row) => onOpen(row.id)}
      empty={empty}
    />
  );
}

export const personName = (row: { firstName: string | null; lastName: string | null }): string =>
  [row.firstName, row.lastName].filter(Boolean).join(" ");
