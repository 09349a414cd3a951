"use client";

import { useQuery } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#components/experiment-plan/plan-dialog.tsx";
import { ExperimentNote } from "#components/experiment-words/experiment-note.tsx";
import { useMetricName, useWindowWords } from "#components/experiment-words/use-figures.ts";
import { assigningOf } from "#components/flow-words/step-handles.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { type ExperimentArm, holdoutArms } from "#flow/experiment.ts";
import { unplanned } from "#flow/experiment-plan.ts";
import type { GraphNode } from "#flow/graph.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/** What a split or a holdout is to find out: the plan before it runs, the verdict in short from then on. */
export function StepExperiment({ step }: { step: GraphNode }) {
  const { flowId } = useEditorWorld();
  const hasGoal = useEditor((state) => state.graph.settings.goal !== null);
  const assigning = assigningOf(step);
  if (!assigning) return null;
  return (
    <div className="px-4 py-3.5">
      <Part {...{ flowId, hasGoal }} experimentKey={assigning.key} kind={assigning.kind} arms={assigning.arms} />
    </div>
  );
}

/** The same of a holdout that keeps people out of the whole flow. */
export function HoldoutExperiment({ salt, percent }: { salt: string; percent: number }) {
  const { flowId } = useEditorWorld();
  const hasGoal = useEditor((state) => state.graph.settings.goal !== null);
  return <Part {...{ flowId, hasGoal }} experimentKey={salt} kind="holdout" arms={holdoutArms(percent)} />;
}

type PartProps = {
  flowId: string;
  hasGoal: boolean;
  experimentKey: string;
  kind: "split" | "holdout";
  arms: readonly ExperimentArm[];
};

function Part({ flowId, hasGoal, experimentKey, kind, arms }: PartProps) {
  const t = useTranslations("experimentPlan.step");
  const { can } = useSession();
  const trpc = useTRPC();
  const metricName = useMetricName();
  const windowWords = useWindowWords();
  const { data, isPending } = useQuery(trpc.experiments.ofFlow.queryOptions({ flowId }));
  if (isPending || !can("see-experiments")) return null;
  const found = data?.find(({ key }) => key === experimentKey);
  const plan = found?.plan ?? unplanned({ kind, hasGoal });
  const isOpen = !found || found.state === "draft";
  return (
    <section aria-label={t("title")} className="space-y-2">
      <h3 className="flex items-center gap-1.5 font-semibold text-sm">
        <FlaskConical aria-hidden className="size-4 text-secondary" />
        {t("title")}
      </h3>
      {plan.hypothesis ? <p className="text-sm">{plan.hypothesis}</p> : null}
      <p className="text-secondary text-xs">
        {t("measuredBy", {
          metric: metricName({ id: plan.primary.metric, name: null }),
          window: windowWords(plan.primary.windowHours),
        })}{" "}
        {isOpen ? t("startsWithPublish") : found.state === "running" ? t("fixed") : null}
      </p>
      {found && !isOpen && found.state !== "running" ? (
        <p className="text-warning text-xs">{t(found.endedWithStep ? "goesOn" : "stoppedForGood")}</p>
      ) : null}
      {found ? <ExperimentNote flowId={flowId} experimentKey={experimentKey} /> : null}
      {isOpen && can("edit-experiments") ? (
        <PlanDialog
          {...{ flowId, experimentKey, kind, arms, plan }}
          trigger={<Button size="dense">{t(found ? "change" : "plan")}</Button>}
        />
      ) : null}
    </section>
  );
}
