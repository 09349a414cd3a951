"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FlowDiff } from "#components/flow-diff/flow-diff.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Card } from "#components/ui/card.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Graph } from "#flow/graph.ts";

type FlowChangeProps = { before: Graph | null; after: Graph; onStep?: (stepId: string) => ReactNode };

/** A flow before and after in one picture, and its steps that are new, gone or different, with the fields. */
export function FlowChange({ before, after, onStep }: FlowChangeProps) {
  const t = useTranslations("approvals.changes");
  const trpc = useTRPC();
  const catalog = useQuery(trpc.flows.catalog.queryOptions(undefined, { staleTime: 60_000 })).data;
  return (
    <section aria-labelledby="what-changes" className="min-w-0">
      <h3 id="what-changes" className="mb-2 flex min-h-8 items-center gap-2 text-h2">
        {t("title")}
        {before ? null : <span className="font-normal text-secondary text-sm">{t("first")}</span>}
      </h3>
      <Card className="overflow-hidden">
        {catalog ? (
          <FlowDiff {...{ before, after, catalog, onStep }} emptyText={t("nothing")} isStacked />
        ) : (
          <Skeleton className="h-[620px]" />
        )}
      </Card>
    </section>
  );
}
