"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { AtOnceLine, MoveSentence, MoveTable } from "#components/move-people/move-table.tsx";
import { type InsideStep, useMovePlan } from "#components/move-people/use-move-plan.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Graph } from "#flow/graph.ts";
import type { MovePlan } from "#flow/move-plan.ts";

const none: InsideStep[] = [];

/** What the request would do besides the change itself: when it goes live, and what becomes of the people who are on their way. */
export function GoingCard({ approval, graph }: { approval: Approval; graph: Graph }) {
  const t = useTranslations("approvals.going");
  const format = useFormatter();
  const { plan, publishAt, state, subjectId, version } = approval;
  if (state !== "open" || (!plan && !publishAt)) return null;
  return (
    <section aria-labelledby="going" className="mt-6 space-y-3">
      <h3 id="going" className="text-h2">
        {t("title")}
      </h3>
      {publishAt ? (
        <Callout tone="info" icon={CalendarClock}>
          {t("at", { when: format.dateTime(publishAt, { dateStyle: "medium", timeStyle: "short" }) })}
        </Callout>
      ) : null}
      {plan ? <People plan={plan} graph={graph} flowId={subjectId} number={version} /> : null}
    </section>
  );
}

type PeopleProps = { plan: MovePlan; graph: Graph; flowId: string; number: number };

function People({ plan, graph, flowId, number }: PeopleProps) {
  const t = useTranslations("flowEditor.publish");
  const trpc = useTRPC();
  const inside = useQuery(trpc.flows.inside.queryOptions({ flowId }));
  const choices = useMovePlan(inside.data ?? none, plan);
  if (inside.isError)
    return <ErrorState title={t("insideFailed")} retryLabel={t("retry")} onRetry={() => void inside.refetch()} />;
  if (!inside.data) return <Skeleton className="h-44" />;
  if (inside.data.length === 0) return <p className="text-secondary text-sm">{t("nobodyInside")}</p>;
  return (
    <>
      <MoveTable steps={inside.data} after={graph} number={number} choices={choices} isFixed />
      <AtOnceLine choices={choices} isFixed />
      <p className="text-sm">
        <MoveSentence choices={choices} />
      </p>
    </>
  );
}
