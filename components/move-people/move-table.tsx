"use client";

import { Clock } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { cn } from "#components/ui/cn.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Graph } from "#flow/graph.ts";
import type { MoveStep } from "#flow/move-plan.ts";
import type { InsideStep, MoveChoices } from "./use-move-plan.ts";

type MoveTableProps = {
  steps: readonly InsideStep[];
  after: Graph;
  number: number;
  choices: MoveChoices;
  /** Shown, not asked. */
  isFixed?: boolean;
};

/** One row per step on which somebody stands: keep, move or exit, and where it goes on. */
export function MoveTable({ steps, ...rest }: MoveTableProps) {
  const t = useTranslations("movePeople");
  return (
    <div className="overflow-x-auto rounded-lg border border-border" data-testid="move-table">
      <table className="w-full min-w-150 text-sm">
        <thead className="bg-sunken text-left text-secondary text-xs">
          <tr>
            <th className="px-3.5 py-2 font-medium">{t("step")}</th>
            <th className="px-2 py-2 text-right font-medium">{t("people")}</th>
            <th className="px-2 py-2 font-medium">{t("onPublish")}</th>
            <th className="w-44 px-2 py-2 font-medium">{t("continuesAt")}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <MoveRow key={`${step.versionId} ${step.nodeId}`} step={step} {...rest} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type MoveRowProps = Omit<MoveTableProps, "steps"> & { step: InsideStep };

function MoveRow({ step, after, number, choices, isFixed }: MoveRowProps) {
  const t = useTranslations("movePeople");
  const words = useStepWords();
  const format = useFormatter();
  const choice = choices.choiceOf(step);
  const title = step.title ?? words.typeTitle(step.type);
  const change = (act: MoveStep["act"]) => {
    const { versionId, nodeId } = step;
    const to = act === "move" ? (step.preset.to ?? firstStep(after)) : null;
    if (act === "move" && to === null) return;
    choices.choose({ versionId, nodeId, act, to });
  };
  return (
    <tr className="border-border border-t" data-testid="move-row" data-node={step.nodeId} data-act={choice.act}>
      <td className="max-w-56 px-3.5 py-2">
        <div className="flex items-center gap-2.5">
          <StepIcon type={step.type} />
          <div className="min-w-0">
            <p className="truncate font-medium" title={title}>
              {title} <span className="font-normal text-secondary text-xs">v{step.number}</span>
            </p>
            <Note step={step} number={number} choices={choices} />
          </div>
        </div>
      </td>
      <td className="tabular px-2 py-2 text-right font-semibold">{format.number(step.people)}</td>
      <td className="px-2 py-2">
        <Segmented
          isDense
          isDisabled={isFixed}
          aria-label={t("choose", { step: title })}
          value={choice.act}
          onValueChange={change}
          options={[
            { value: "keep", label: t("keep", { number: step.number }) },
            { value: "move", label: t("move") },
            { value: "exit", label: t("exit") },
          ]}
        />
      </td>
      <td className="px-2 py-2">
        {choice.act === "move" ? (
          <Select
            isDense
            disabled={isFixed}
            aria-label={t("where", { step: title })}
            value={choice.to ?? undefined}
            options={targetsOf(after).map((node) => ({
              value: node.id,
              label: node.id === step.nodeId && step.isThere ? t("same") : words.title(node),
            }))}
            onValueChange={(to) => choices.choose({ ...choice, to })}
          />
        ) : (
          <span className={cn("text-secondary", choice.act === "exit" && "text-danger")}>
            {choice.act === "keep" ? t("finishes", { number: step.number }) : t("leaves")}
          </span>
        )}
      </td>
    </tr>
  );
}

/** What there is to know of a step before one chooses. */
function Note({ step, number, choices }: { step: InsideStep; number: number; choices: MoveChoices }) {
  const t = useTranslations("movePeople");
  if (!step.isThere)
    return (
      <p className={cn("truncate text-xs", choices.isTouched(step) ? "text-secondary" : "text-warning")}>
        {t("notThere", { number })}
      </p>
    );
  if (step.overAtOnce)
    return <p className="truncate text-secondary text-xs">{t("past", { count: step.overAtOnce })}</p>;
  return <p className="truncate text-secondary text-xs">{step.overAtOnce === 0 ? t("nobodyPast") : t("stays")}</p>;
}

/** Nobody arrives at a trigger. */
const targetsOf = ({ nodes, edges }: Graph) => {
  const reached = new Set(edges.map(({ target }) => target));
  return nodes.filter(({ id }) => reached.has(id));
};

const firstStep = (graph: Graph): string | null => targetsOf(graph)[0]?.id ?? null;

const spreads = [0, 30, 60, 120, 240, 480, 1440] as const;

/** What happens the moment it goes live, and how it is spread out. */
export function AtOnceLine({ choices, isFixed }: { choices: MoveChoices; isFixed?: boolean }) {
  const t = useTranslations("movePeople");
  const { atOnce, entering } = choices.sums;
  if (atOnce + entering === 0) return null;
  return (
    <Callout
      tone="info"
      icon={Clock}
      title={atOnce > 0 ? t("atOnce", { count: atOnce }) : undefined}
      action={
        atOnce > 0 ? (
          <Select
            isDense
            aria-label={t("spread")}
            className="w-auto bg-surface"
            disabled={isFixed}
            value={String(choices.spreadMinutes)}
            options={spreads.map((minutes) => ({ value: String(minutes), label: t("over", { minutes }) }))}
            onValueChange={(value) => choices.setSpread(Number(value))}
          />
        ) : null
      }
    >
      {atOnce > 0 ? `${t("spreadHelp")} ` : ""}
      {entering > 0 ? t("entering", { count: entering }) : ""}
    </Callout>
  );
}

/** The whole plan in one sentence. */
export function MoveSentence({ choices }: { choices: MoveChoices }) {
  const t = useTranslations("movePeople");
  const { moved, kept, exited } = choices.sums;
  return (
    <span data-testid="move-sentence">
      {t.rich("sum", {
        moved,
        kept,
        exited,
        b: (text) => <strong className="font-semibold">{text}</strong>,
        red: (text) => <strong className={cn("font-semibold", exited > 0 && "text-danger")}>{text}</strong>,
      })}
    </span>
  );
}
