"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { addDays, localClock } from "#flow/local-time.ts";
import type { MetricId } from "#flow/metric.ts";
import { useMetricWords } from "./use-metric-words.ts";

const shown = ["sent", "delivered", "read", "click", "conversion"] as const satisfies MetricId[];
const days = 28;

type MessageFiguresProps = { of: { flowId: string } | { template: string }; className?: string };

/** The dashboard in small: what became of the messages of one flow or template in four weeks, and the way to all of it. */
export function MessageFigures({ of, className }: MessageFiguresProps) {
  const t = useTranslations("dashboard");
  const { can, workspace } = useSession();
  const trpc = useTRPC();
  const now = useProductNow(600_000);
  const today = now ? localClock(now.getTime(), workspace.timezone).day : null;
  const mayRead = can("see-dashboard");
  const query = useQuery(
    trpc.dashboard.course.queryOptions(
      { from: addDays(today ?? "2026-01-01", 1 - days), until: today ?? "2026-01-01", ...of },
      { enabled: mayRead && today !== null, staleTime: 60_000 },
    ),
  );
  const words = useMetricWords(query.data?.currency ?? null);
  if (!mayRead) return null;
  const filter = "flowId" in of ? `flow=${of.flowId}` : `template=${encodeURIComponent(of.template)}`;
  return (
    <section aria-label={t("inSmall")} className={className}>
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold text-sm">{t("inSmall")}</h2>
        <Link href={`/dashboard?${filter}`} className="text-accent text-xs hover:underline">
          {t("toDashboard")}
        </Link>
      </div>
      {query.data ? (
        query.data.sums.made === 0 ? (
          <p className="mt-1 text-secondary text-sm">{t("emptyTitle")}</p>
        ) : (
          <dl className="mt-1.5 grid grid-cols-[1fr_auto_auto] gap-x-3 gap-y-1 text-sm">
            {shown.map((metric) => (
              <div key={metric} className="col-span-3 grid grid-cols-subgrid">
                <dt className="text-secondary">{t(`metrics.${metric}`)}</dt>
                <dd className="tabular text-right font-medium">{words.headline(query.data.metrics[metric])}</dd>
                <dd className="tabular text-right text-secondary text-xs leading-5">
                  {words.range(query.data.metrics[metric])}
                </dd>
              </div>
            ))}
          </dl>
        )
      ) : query.isError ? (
        <p className="mt-1 text-secondary text-sm">{t("failedTitle")}</p>
      ) : (
        <Skeleton className="mt-1.5 h-28 w-full" />
      )}
    </section>
  );
}
