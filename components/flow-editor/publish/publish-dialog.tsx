"use client";

import { CircleAlert, GitCompareArrows, Info } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AskForm, StandingNote } from "#components/approval-ask/ask-form.tsx";
import { BacktestCard } from "#components/backtest/backtest-card.tsx";
import { FlowDiff } from "#components/flow-diff/flow-diff.tsx";
import { ChangeList } from "#components/flow-words/change-list.tsx";
import { type InsideStep, useMovePlan } from "#components/move-people/use-move-plan.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { ProblemList } from "../problems/problem-list.tsx";
import { ProofCard } from "../problems/proof-card.tsx";
import { useCases } from "../test-bench/cases/use-cases.ts";
import { PeopleInside } from "./people-inside.tsx";
import { PublishChecks } from "./publish-checks.tsx";
import { PublishFooter } from "./publish-footer.tsx";
import { useGoLive } from "./use-go-live.ts";
import { useWhen, WhenField } from "./when-field.tsx";

/** Publishing is a decision: what blocks it first, then what changes and for whom, who has to agree, and when. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("flowEditor.publish");
  const common = useTranslations("common");
  const { flowId, running } = useEditorWorld();
  const { failing } = useCases();
  const graph = useEditor((state) => state.graph);
  const name = useEditor((state) => state.name);
  const problems = useEditor((state) => state.problems);
  const catalog = useEditor((state) => state.catalog);
  const isSending = useEditor((state) => state.facts !== null);
  const blocking = problems.filter((problem) => problem.severity === "error");
  const [why, setWhy] = useState("");
  const live = useGoLive(onClose);
  const request = live.step === "go" && !live.standing?.isLive ? live.standing?.request : null;
  const when = useWhen(request?.publishAt ?? null);
  const choices = useMovePlan(live.inside.data ?? none, request?.plan ?? null);
  const number = (running?.number ?? 0) + 1;
  const isFixed = live.step !== "ask" || live.standing?.isLive === true;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title", { name, number })}
      description={running ? t("replaces", { number: running.number }) : t("first")}
      closeLabel={common("close")}
      className="max-w-276"
      bodyClassName="border-border border-t p-0"
      footer={
        <PublishFooter {...{ live, blocking: blocking.length, failing: failing.length, choices, when, why, onClose }} />
      }
    >
      <div className="grid min-h-full xl:grid-cols-[minmax(0,1fr)_372px]">
        <div className="min-w-0 space-y-5 px-5 py-4">
          {blocking.length > 0 ? (
            <section>
              <h3 className="mb-2 flex items-center gap-2 font-semibold text-danger text-sm">
                <CircleAlert aria-hidden className="size-4" />
                {t("mustFix")}
              </h3>
              <ProblemList problems={blocking} onPick={onClose} />
            </section>
          ) : null}
          <section>
            <div className="mb-2 flex items-center justify-between gap-3">
              <h3 className="font-semibold text-sm">{t("whatChanges")}</h3>
              {running ? <SeeChanges number={number} before={running.graph} /> : null}
            </div>
            <ChangeList
              before={running?.graph ?? { ...emptyGraph(), settings: graph.settings }}
              after={graph}
              catalog={catalog}
              emptyText={t("nothingChanges")}
            />
          </section>
          {running ? (
            <PeopleInside inside={live.inside} choices={choices} number={number} isFixed={isFixed} />
          ) : (
            <Callout tone="info" icon={Info}>
              {t("firstHint")}
            </Callout>
          )}
        </div>
        <div className="space-y-5 border-border bg-bg px-5 py-4 max-xl:border-t xl:border-l">
          <BacktestCard flowId={flowId} />
          <PublishChecks onPick={onClose} />
          {blocking.length === 0 && !live.standing?.isLive ? (
            <section>
              <h3 className="mb-2 font-semibold text-sm">{t("approval")}</h3>
              {live.step === "ask" ? (
                <AskForm standing={live.standing} why={why} onWhy={setWhy} />
              ) : live.standing ? (
                <StandingNote standing={live.standing} />
              ) : null}
            </section>
          ) : null}
          {live.standing?.isLive || live.step === "waiting" ? null : <WhenField {...when} />}
          {isSending ? <ProofCard onPick={onClose} /> : null}
        </div>
      </div>
    </Dialog>
  );
}

const none: InsideStep[] = [];

/** The same drawn on the canvas, in a window of its own. */
function SeeChanges({ number, before }: { number: number; before: Graph }) {
  const t = useTranslations("flowEditor.publish");
  const common = useTranslations("common");
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  return (
    <Dialog
      trigger={
        <Button size="dense">
          <GitCompareArrows aria-hidden />
          {t("seeChanges")}
        </Button>
      }
      title={t("changesOf", { number })}
      closeLabel={common("close")}
      className="max-w-6xl"
    >
      <FlowDiff
        className="h-[min(600px,calc(100dvh-9rem))] overflow-hidden rounded-lg border border-border"
        {...{ before, after: graph, catalog }}
        emptyText={t("nothingChanges")}
      />
    </Dialog>
  );
}
