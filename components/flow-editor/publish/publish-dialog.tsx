"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert, Users } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { emptyGraph } from "#flow/graph.ts";
import { useEditor, useEditorStore } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { ProblemList } from "../problems/problem-list.tsx";
import { useAutosave } from "../use-autosave.tsx";
import { ChangeList } from "./change-list.tsx";

/** Publishing is a decision: what blocks it first, then what changes and for whom, then the act. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("flowEditor.publish");
  const common = useTranslations("common");
  const { running } = useEditorWorld();
  const graph = useEditor((state) => state.graph);
  const name = useEditor((state) => state.name);
  const problems = useEditor((state) => state.problems);
  const blocking = problems.filter((problem) => problem.severity === "error");
  const { publish, isBusy } = usePublish(onClose);
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
          <Button
            variant="primary"
            isBusy={isBusy}
            disabled={blocking.length > 0}
            aria-describedby={blocking.length > 0 ? "publish-blocked" : undefined}
            onClick={publish}
          >
            {t("now")}
          </Button>
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
          <h3 className="mb-2 font-semibold text-sm">{t("whatChanges")}</h3>
          <ChangeList
            before={running?.graph ?? { ...emptyGraph(), settings: graph.settings }}
            after={graph}
            emptyText={t("nothingChanges")}
          />
        </section>
        <Callout tone="info" icon={running ? Users : Info}>
          {running ? t("inFlight", { number: running.number }) : t("firstHint")}
        </Callout>
        <Checks warnings={problems.length - blocking.length} errors={blocking.length} onPick={onClose} />
      </div>
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

/** Saves what is still unsaved, then publishes exactly that revision. */
function usePublish(onDone: () => void) {
  const t = useTranslations("flowEditor.publish");
  const errorWords = useErrorWords();
  const store = useEditorStore();
  const world = useEditorWorld();
  const autosave = useAutosave();
  const [isBusy, setBusy] = useState(false);
  const publish = async () => {
    setBusy(true);
    try {
      if (!(await autosave.flush())) throw new Error(t("notSaved"));
      const { version } = await world.publish(store.getState().revision, store.getState().graph);
      toast.success(t("done", { name: store.getState().name, number: version }), { description: t("doneHint") });
      onDone();
    } catch (error) {
      toast.error(t("failed"), { description: errorWords(error) });
      setBusy(false);
    }
  };
  return { publish, isBusy };
}
