"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { ReportDialog } from "./report-dialog.tsx";
import { breakdownsFor, type DashboardAddress } from "./use-dashboard-filter.ts";
import { useExport } from "./use-export.ts";

type DashboardHeaderProps = { address: DashboardAddress; isStale: boolean };

/** Counts that are younger than this need no words. */
const freshSeconds = 10;

/** Which days are looked at, in whose time, against which, and how far the counts are. */
export function DashboardHeader({ address, isStale }: DashboardHeaderProps) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const { can, workspace } = useSession();
  const { timezone } = workspace;
  const [isReporting, setReporting] = useState(false);
  const { take, isTaking } = useExport(address.filter);
  const files = ["metrics", "days", ...breakdownsFor(address.filter.flowId !== undefined), "reasons", "hours"] as const;
  const { from, until } = address.period;
  // Two dates instead of a range: servers and browsers put different spaces into one.
  const dayOf = (day: string, year?: "numeric") =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { day: "numeric", month: "short", year, timeZone: "UTC" });
  const dates =
    from === until ? dayOf(from, "numeric") : t("fromTo", { low: dayOf(from), high: dayOf(until, "numeric") });
  const days = Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1;
  return (
    <PageHeader
      title={t("title")}
      isWide
      description={
        <>
          {t("context", { dates, count: days, city: timezone.split("/").at(-1)?.replaceAll("_", " ") ?? timezone })}
          <Lag isStale={isStale} />
        </>
      }
      actions={
        <>
          <FilterBar address={address} />
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button isBusy={isTaking}>
                <Download aria-hidden />
                {t("export")}
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              {files.map((block) => (
                <DropdownMenuItem key={block} onSelect={() => take(block)}>
                  {t(`files.${block}`)}
                </DropdownMenuItem>
              ))}
              {can("manage-reports") ? (
                <DropdownMenuItem onSelect={() => setReporting(true)}>{t("reports.open")}</DropdownMenuItem>
              ) : null}
            </DropdownMenuContent>
          </DropdownMenu>
          <ReportDialog isOpen={isReporting} onClose={() => setReporting(false)} />
        </>
      }
    />
  );
}

/** Said only when it matters: counts that are behind, being made anew, or not read since. */
function Lag({ isStale }: { isStale: boolean }) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.dashboard.lag.queryOptions(undefined, { refetchInterval: 15_000 }));
  if (isStale) return <span className="text-warning"> · {t("stale")}</span>;
  if (data?.isRecounting) return <span className="text-warning"> · {t("recounting")}</span>;
  if (!data || data.seconds < freshSeconds) return <> · {t("upToDate")}</>;
  return <span className="text-warning"> · {t("behind", { count: Math.round(data.seconds) })}</span>;
}
