"use client";

import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type RowData,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "./cn.ts";
import { repeated } from "./in-order.tsx";
import { Skeleton } from "./skeleton.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeadCell, TableRow } from "./table.tsx";

declare module "@tanstack/react-table" {
  // Both parameters are the library's; an augmentation must repeat them.
  interface ColumnMeta<TData extends RowData, TValue> {
    isNumber?: boolean;
    className?: string;
    /** Never set: it only uses the library's parameters. */
    row?: (data: TData, value: TValue) => void;
  }
}

type DataTableProps<Row> = {
  columns: ColumnDef<Row>[];
  /** Undefined while loading: skeleton rows with the same columns. */
  rows: Row[] | undefined;
  rowId: (row: Row) => string;
  onRowClick?: (row: Row) => void;
  currentRowId?: string;
  /** In the body's place when there are no rows. */
  empty?: ReactNode;
  initialSorting?: SortingState;
  /** Read aloud: what the table lists. */
  caption: string;
};

/** A list of rows with sortable heads, skeleton and empty state. Data of one page only; filters live in the address. */
export function DataTable<Row>({
  columns,
  rows,
  rowId,
  onRowClick,
  currentRowId,
  empty,
  initialSorting = [],
  caption,
}: DataTableProps<Row>) {
  const [sorting, setSorting] = useState<SortingState>(initialSorting);
  const table = useReactTable({
    data: rows ?? [],
    columns,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  if (rows?.length === 0 && empty) return empty;
  return (
    <Table>
      <caption className="sr-only">{caption}</caption>
      <TableHead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} className="border-border border-b">
            {group.headers.map(({ id, column, getContext }) => {
              const sorted = column.getIsSorted();
              const { isNumber, className } = column.columnDef.meta ?? {};
              const title = flexRender(column.columnDef.header, getContext());
              return (
                <TableHeadCell
                  key={id}
                  isNumber={isNumber}
                  className={className}
                  aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
                >
                  {column.getCanSort() ? (
                    <button
                      type="button"
                      onClick={column.getToggleSortingHandler()}
                      className="inline-flex min-h-6 items-center gap-1 rounded-xs hover:text-ink"
                    >
                      {title}
                      {sorted === "asc" ? <ArrowUp aria-hidden className="size-3.5" /> : null}
                      {sorted === "desc" ? <ArrowDown aria-hidden className="size-3.5" /> : null}
                    </button>
                  ) : (
                    title
                  )}
                </TableHeadCell>
              );
            })}
          </tr>
        ))}
      </TableHead>
      <TableBody>
        {rows
          ? table.getRowModel().rows.map((row) => (
              <TableRow
                key={row.id}
                isCurrent={row.id === currentRowId}
                onClick={onRowClick ? () => onRowClick(row.original) : undefined}
              >
                {row.getVisibleCells().map((cell) => (
                  <TableCell
                    key={cell.id}
                    isNumber={cell.column.columnDef.meta?.isNumber}
                    className={cn(cell.column.columnDef.meta?.className)}
                  >
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </TableCell>
                ))}
              </TableRow>
            ))
          : skeletonRows(columns.length)}
      </TableBody>
    </Table>
  );
}

type MenuColumn<Row> = { label: string; menuOf: (row: Row) => ReactNode; className: string };

/** The last column: what can be done with the row. A click in the menu is not a click on the row. */
export const menuColumn = <Row,>({ label, menuOf, className }: MenuColumn<Row>): ColumnDef<Row> => ({
  id: "menu",
  header: () => <span className="sr-only">{label}</span>,
  enableSorting: false,
  meta: { className },
  cell: ({ row }) => (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps clicks of the menu inside
    <span onClick={(event) => event.stopPropagation()}>{menuOf(row.original)}</span>
  ),
});

const skeletonRows = (columns: number) =>
  repeated(8, () => (
    <TableRow>
      {repeated(columns, (column) => (
        <TableCell>
          <Skeleton className={cn("h-4", column === 0 ? "w-40" : "w-20")} />
        </TableCell>
      ))}
    </TableRow>
  ));
