"use client";

import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { useFormatter } from "use-intl";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { TableHead, TableHeadCell } from "#components/ui/table.tsx";
import { type Help, PanelHelp } from "./panel-help.tsx";

type PanelProps = {
  title: string;
  /** How many things the panel lists. */
  count?: number;
  help?: Help;
  /** At the right: a note or a button. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** One subject of the Health screen. Its heading names the region. */
export function Panel({ title, count, help, aside, className, children }: PanelProps) {
  const format = useFormatter();
  return (
    <Card aria-label={title} className={cn("flex min-w-0 flex-col overflow-hidden", className)}>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-2">
        <div className="flex items-center gap-2">
          <h2 className="flex items-center gap-2 font-semibold text-base">
            {title}
            {count ? (
              <span className="tabular grid h-5 min-w-5 place-items-center rounded-full border border-border bg-sunken px-1.5 font-medium text-secondary text-xs">
                {format.number(count)}
              </span>
            ) : null}
          </h2>
          {help ? <PanelHelp title={title} help={help} /> : null}
        </div>
        {aside ? <div className="flex flex-wrap items-center gap-2 text-secondary text-xs">{aside}</div> : null}
      </div>
      {children}
    </Card>
  );
}

type PanelTableProps = {
  caption: string;
  /** Head of a first column that has no words: a box to choose all. */
  lead?: ReactNode;
  head: { label: string; isNumber?: boolean; isHidden?: boolean }[];
  children: ReactNode;
};

/** A table that fills its panel from edge to edge and scrolls sideways where it must. */
export function PanelTable({ caption, lead, head, children }: PanelTableProps) {
  return (
    <ScrollArea as="section" aria-label={caption} className="relative overflow-x-auto border-border border-t">
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <TableHead>
          <tr className="border-border border-b">
            {lead ? <TableHeadCell className="h-[30px] w-8 pr-0 pl-4">{lead}</TableHeadCell> : null}
            {head.map(({ label, isNumber, isHidden }) => (
              <TableHeadCell key={label} isNumber={isNumber} className="h-[30px] px-3 text-xs first:pl-4 last:pr-4">
                {isHidden ? <span className="sr-only">{label}</span> : label}
              </TableHeadCell>
            ))}
          </tr>
        </TableHead>
        <tbody className="[&>tr:last-child]:border-b-0">{children}</tbody>
      </table>
    </ScrollArea>
  );
}

/** A cell of a panel's table: denser than a list's. */
export function PanelCell({ className, isNumber, ...rest }: ComponentProps<"td"> & { isNumber?: boolean }) {
  return (
    <td
      className={cn(
        "whitespace-nowrap px-3 py-2 align-middle first:pl-4 last:pr-4",
        isNumber && "tabular text-right",
        className,
      )}
      {...rest}
    />
  );
}

/** Nothing to list, which is good news here. */
export function PanelEmpty({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <p className="flex flex-1 items-center justify-center gap-2 border-border border-t px-4 py-8 text-center text-secondary text-sm">
      <Icon aria-hidden className="size-4 shrink-0 text-success" />
      {children}
    </p>
  );
}
