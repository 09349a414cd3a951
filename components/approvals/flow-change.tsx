"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { FlowThumbnail } from "#components/flow-thumbnail/flow-thumbnail.tsx";
import { ChangeList } from "#components/flow-words/change-list.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Card } from "#components/ui/card.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { graphShape } from "#flow/graph-shape.ts";

/** A flow before and after as pictures, and its steps that are new, gone or different, with the fields. */
export function FlowChange({ before, after }: { before: Graph | null; after: Graph }) {
  const t = useTranslations("approvals.changes");
  const trpc = useTRPC();
  const catalog = useQuery(trpc.flows.catalog.queryOptions(undefined, { staleTime: 60_000 })).data;
  return (
    <section aria-labelledby="what-changes" className="min-w-0">
      <h3 id="what-changes" className="mb-2 text-h2">
        {t("title")}
      </h3>
      <div className="grid gap-4 sm:grid-cols-2">
        <Picture name={t("before")} graph={before} note={t("nothingBefore")} />
        <Picture name={t("after")} graph={after} note="" />
      </div>
      <Card className="mt-4 p-4">
        {before ? null : <p className="mb-3 text-secondary text-sm">{t("first")}</p>}
        {catalog ? (
          <ChangeList
            before={before ?? { ...emptyGraph(), settings: after.settings }}
            after={after}
            catalog={catalog}
            emptyText={t("nothing")}
          />
        ) : (
          <Skeleton className="h-24" />
        )}
      </Card>
    </section>
  );
}

function Picture({ name, graph, note }: { name: string; graph: Graph | null; note: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1.5 font-semibold text-sm">{name}</figcaption>
      <Card className="grid h-44 place-items-center overflow-hidden bg-bg">
        {graph ? <FlowThumbnail shape={graphShape(graph)} /> : <p className="px-4 text-secondary text-sm">{note}</p>}
      </Card>
    </figure>
  );
}
