"use client";

import { Ellipsis } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { savePicture } from "#components/ui/save-picture.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Filter } from "./use-dashboard-filter.ts";
import { type BlockName, useExport } from "./use-export.ts";
import { usePeriodWords } from "./use-period-words.ts";

type BlockProps = {
  title: string;
  description?: ReactNode;
  aside?: ReactNode;
  /** What of it can be taken as a file. */
  file: { block: BlockName; filter: Filter };
  /** The picture can be seen as a table instead, which is also what a screen reader gets. */
  table?: { isShown: boolean; onChange: (isShown: boolean) => void };
  hasPicture?: boolean;
  className?: string;
  children: ReactNode;
};

/** One subject of the dashboard: a heading, what it says, and a menu to take it along. */
export function Block({ title, description, aside, file, table, hasPicture, className, children }: BlockProps) {
  const t = useTranslations("dashboard");
  const place = useRef<HTMLDivElement>(null);
  const { take } = useExport(file.filter);
  const about = usePeriodWords();
  const picture = () => {
    const svg = place.current?.querySelector<SVGSVGElement>("svg[data-picture]");
    const { block, filter } = file;
    const name = `${block}-${filter.from}-${filter.until}.png`;
    if (svg) void savePicture(name, svg, { title, about: about(filter) }).catch(() => toast.error(t("noPicture")));
  };
  return (
    <Card aria-label={title} className={cn("flex min-w-0 flex-col", className)}>
      <div className="flex min-h-12 flex-wrap items-start justify-between gap-x-3 gap-y-1 px-4 pt-3 pb-2">
        <div className="min-w-0 flex-1 basis-28">
          <h2 className="font-semibold text-base">{title}</h2>
          {description ? <p className="tabular text-secondary text-xs">{description}</p> : null}
        </div>
        <div className="flex flex-wrap items-center gap-1.5">
          {aside}
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <IconButton icon={Ellipsis} label={t("menu", { title })} size="dense" />
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              {table ? (
                <DropdownMenuItem onSelect={() => table.onChange(!table.isShown)}>
                  {t(table.isShown ? "asPicture" : "asTable")}
                </DropdownMenuItem>
              ) : null}
              <DropdownMenuItem onSelect={() => take(file.block)}>{t("takeCsv")}</DropdownMenuItem>
              {hasPicture && !table?.isShown ? (
                <DropdownMenuItem onSelect={picture}>{t("takePng")}</DropdownMenuItem>
              ) : null}
            </DropdownMenuContent>
          </DropdownMenu>
        </div>
      </div>
      <div ref={place} className="flex min-h-0 flex-1 flex-col">
        {children}
      </div>
    </Card>
  );
}

type WaitingProps = { query: { isError: boolean; error: unknown; refetch: () => unknown }; className: string };

/** In a block's place while it is read, or when it could not be: the others live on. */
export function BlockWaiting({ query, className }: WaitingProps) {
  const t = useTranslations("dashboard");
  const errorWords = useErrorWords();
  if (!query.isError) return <Skeleton className={cn("w-full rounded-lg", className)} />;
  return (
    <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} className={className}>
      {errorWords(query.error)}
    </ErrorState>
  );
}
