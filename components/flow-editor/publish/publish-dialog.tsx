"use client";

import { CircleAlert, CircleCheck, GitCompareArrows, Info, TriangleAlert, Users } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AskForm, StandingNote } from "#components/approval-ask/ask-form.tsx";
import { FlowDiff } from "#components/flow-diff/flow-diff.tsx";
import { ChangeList } from "#components/flow-words/change-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { ProblemList } from "../problems/problem-list.tsx";
import { useGoLive } from "./use-go-live.ts";

/** Publishing is a decision: what blocks it first, then what changes and for whom, then who has to agree. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("flowEditor.publish");
  const common = useTranslations("common");
  const ask = useTranslations("approvals.ask");
  const { running } = useEditorWorld();
  const graph = useEditor((state) => state.graph);
  const name = useEditor((state) => state.name);
  const problems = useEditor((state) => state.problems);
  const blocking = problems.filter((problem) => problem.severity === "error");
  const catalog = useEditor((state) => state.catalog);
  const [why, setWhy] = useState("");
  const live = useGoLive(onClose);
  const number = (running?.number ?? 0) + 1;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title", { name, number })}
      description={running ? t("replaces", { number: running.number }) : t("first")}
      closeLabel={common("close")}
      className="max-w-3xl"
      footer={
        <>
          {blocking.length > 0 ? (
            <p id="publish-blocked" className="mr-auto text-danger text-sm">
              {t("blocked", { count: blocking.length })}
            </p>
          ) : null}
          <Button onClick={onClose}>{common("cancel")}</Button>
          {live.step === "waiting" ? null : (
            <Button
              variant="primary"
              isBusy={live.isBusy}
              disabled={blocking.length > 0 || (live.step === "ask" && why.trim() === "")}
              aria-describedby={blocking.length > 0 ? "publish-blocked" : undefined}
              onClick={() => (live.step === "go" ? live.publish() : live.askApproval(why.trim()))}
            >
              {live.step === "go" ? t("now") : ask("button")}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-5">
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
        <Callout tone="info" icon={running ? Users : Info}>
          {running ? t("inFlight", { number: running.number }) : t("firstHint")}
        </Callout>
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
        <Checks warnings={problems.length - blocking.length} errors={blocking.length} onPick={onClose} />
      </div>
    </Dialog>
  );
}

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

function Checks({ errors, warnings, onPick }: { errors: number; warnings: number; onPick: () => void }) {
  const t = useTranslations("flowEditor.publish");
  const problems = useEditor((state) => state.problems);
  if (errors > 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t("checks")}</h3>
      <p className="flex items-center gap-2 text-sm">
        {warnings > 0 ? (
          <TriangleAlert aria-hidden className="size-4 text-warning" />
        ) : (
          <CircleCheck aria-hidden className="size-4 text-success" />
        )}
        {warnings > 0 ? t("warnings", { count: warnings }) : t("allFine")}
      </p>
      {warnings > 0 ? (
        <div className="mt-2">
          <ProblemList problems={problems} onPick={onPick} />
        </div>
      ) : null}
    </section>
  );
}
