"use client";

import type { ColumnDef } from "@tanstack/react-table";
import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FlowThumbnail } from "#components/flow-thumbnail/flow-thumbnail.tsx";
import { DataTable, menuColumn } from "#components/ui/data-table.tsx";
import { ChangedBy } from "./changed-by.tsx";
import { GoalFigure, PeopleInside } from "./flow-figures.tsx";
import type { FlowRow } from "./flow-row.ts";
import { FlowStatusChip } from "./flow-status-chip.tsx";
import { HeldNote } from "./held-note.tsx";

type FlowTableProps = { rows: FlowRow[] | undefined; actionsOf: (flow: FlowRow) => ReactNode };

/** The same facts as the cards, a line each. */
export function FlowTable({ rows, actionsOf }: FlowTableProps) {
  const t = useTranslations("flows");
  const router = useRouter();
  const columns: ColumnDef<FlowRow>[] = [
    {
      id: "flow",
      header: t("columns.flow"),
      enableSorting: false,
      cell: ({ row }) => <NameCell flow={row.original} />,
    },
    {
      id: "status",
      header: t("columns.status"),
      enableSorting: false,
      cell: ({ row }) => <FlowStatusChip status={row.original.status} />,
    },
    {
      id: "people",
      header: t("peopleInside"),
      enableSorting: false,
      meta: { isNumber: true },
      cell: ({ row }) => <PeopleInside flow={row.original} />,
    },
    {
      id: "goal",
      header: t("goalColumn"),
      enableSorting: false,
      meta: { className: "whitespace-nowrap" },
      cell: ({ row }) => <GoalFigure flow={row.original} />,
    },
    {
      id: "changed",
      header: t("columns.changed"),
      enableSorting: false,
      meta: { className: "whitespace-nowrap text-secondary" },
      cell: ({ row }) => <ChangedBy flow={row.original} />,
    },
    menuColumn({ label: t("actions"), menuOf: actionsOf, className: "relative w-12" }),
  ];
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      onRowClick={(row) => router.push(`/flows/${row.id}`)}
    />
  );
}

function NameCell({ flow }: { flow: FlowRow }) {
  const t = useTranslations("flows");
  return (
    <span className="flex items-center gap-3">
      <FlowThumbnail
        shape={flow.shape}
        isWhole
        className="h-10 w-[84px] shrink-0 rounded-sm border border-border p-1!"
      />
      <span className="min-w-40">
        <Link href={`/flows/${flow.id}`} data-flow-link className="font-semibold hover:underline">
          {flow.name}
        </Link>
        {flow.problems > 0 ? (
          <span className="flex items-center gap-1 text-warning text-xs">
            <TriangleAlert aria-hidden className="size-3.5" />
            {t("problems", { count: flow.problems })}
          </span>
        ) : null}
        {flow.peopleHeld > 0 ? <HeldNote people={flow.peopleHeld} /> : null}
      </span>
    </span>
  );
}
