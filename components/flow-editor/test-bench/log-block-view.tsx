"use client";

import type { LucideIcon } from "lucide-react";
import { FastForward, Hand, MessageSquareText, ShieldX, Unplug, Zap } from "lucide-react";
import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { inOrder } from "#components/ui/in-order.tsx";
import type { GraphNode } from "#flow/graph.ts";
import { stepFaults } from "#flow/simulation/action.ts";
import type { LogEntry } from "#flow/simulation/simulation.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useShowStep } from "../use-show-step.ts";
import { GateLines } from "./gate-lines.tsx";
import type { LogBlock } from "./log-blocks.ts";
import { StepLine } from "./step-line.tsx";
import type { RunTimes } from "./use-test-run.ts";

type LogBlockViewProps = { block: LogBlock; node: GraphNode | undefined; times: RunTimes };

/** A step with all it did, or one act from outside. A click on a step's head goes to it on the canvas. */
export function LogBlockView({ block, node, times }: LogBlockViewProps) {
  const words = useStepWords();
  const showStep = useShowStep();
  const first = block.entries[0];
  if (!first) return null;
  return (
    <div className="flex gap-2.5">
      <time className="tabular w-9 shrink-0 pt-0.5 text-secondary text-xs">{times.time(block.at)}</time>
      {node ? <StepIcon type={node.type} isSmall /> : <ActIcon entry={first} />}
      <div className="min-w-0 flex-1 space-y-1">
        {node ? (
          <button
            type="button"
            onClick={() => showStep(node.id, { keepsFocus: true })}
            className="block max-w-full truncate pt-0.5 text-left font-semibold text-sm hover:underline"
          >
            {words.title(node)}
          </button>
        ) : (
          <ActLine entry={first} />
        )}
        {node ? inOrder(block.entries, (entry) => <EntryLine entry={entry} node={node} times={times} />) : null}
      </div>
    </div>
  );
}

function EntryLine({ entry, node, times }: { entry: LogEntry; node: GraphNode; times: RunTimes }) {
  const t = useTranslations("flowEditor.test.entries");
  const reasons = useTranslations("reasons");
  const catalog = useEditor((state) => state.catalog);
  switch (entry.kind) {
    case "gate":
      return <GateLines entry={entry} times={times} />;
    case "step":
      return <StepLine entry={entry} node={node} times={times} />;
    case "status": {
      const reason = entry.reason && reasons.has(entry.reason) ? reasons(entry.reason) : "";
      return (
        <p className="text-secondary text-xs">{`${t(`status.${entry.status}`, { time: times.time(entry.at) })} ${reason}`}</p>
      );
    }
    case "webhook":
      return (
        <p className="text-secondary text-xs">
          {t(entry.ok ? "webhookOk" : "webhookFailed", { method: entry.method, url: entry.url })}
        </p>
      );
    case "hand-off":
      return <p className="text-secondary text-xs">{t("handOff", { queue: entry.queue, priority: entry.priority })}</p>;
    case "hand-off-resolved":
      return <p className="text-secondary text-xs">{t("resolved")}</p>;
    case "run-flow": {
      const name = catalog.flows?.find(({ id }) => id === entry.flowId)?.name ?? "?";
      return <p className="text-secondary text-xs">{t(`runFlow.${entry.outcome}`, { flow: name })}</p>;
    }
    case "flow-ended":
      return <p className="text-secondary text-xs">{t(`flowEnded.${entry.outcome}`)}</p>;
    case "turn":
      return <p className="text-secondary text-xs">{t(entry.isFree ? "turnFree" : "turnTaken")}</p>;
    default:
      return null;
  }
}

const actIcons: Partial<Record<LogEntry["kind"], LucideIcon>> = {
  event: Zap,
  refused: ShieldX,
  person: MessageSquareText,
  "skipped-ahead": FastForward,
  fault: Unplug,
};

function ActIcon({ entry }: { entry: LogEntry }) {
  const Icon = actIcons[entry.kind] ?? Hand;
  return (
    <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-sm bg-sunken text-secondary">
      <Icon className="size-3.5" />
    </span>
  );
}

function ActLine({ entry }: { entry: LogEntry }) {
  const t = useTranslations("flowEditor.test.entries");
  const faults = useTranslations("flowEditor.test.faults");
  switch (entry.kind) {
    case "event":
      return <Act title={t("event", { name: entry.name })} hint={entry.isTaken ? "" : t("eventIgnored")} />;
    case "person":
      return (
        <Act title={t(`person.${entry.act}`, { text: entry.text })} hint={entry.isTaken ? "" : t("personIgnored")} />
      );
    case "skipped-ahead":
      return <Act title={t("skipped", { hours: Math.round(entry.milliseconds / 360_000) / 10 })} hint="" />;
    case "fault": {
      const isOfStep = stepFaults.some((fault) => fault === entry.fault);
      return <Act title={t(isOfStep ? "stepFault" : "fault", { fault: faults(entry.fault) })} hint="" />;
    }
    case "refused": {
      const { match } = entry;
      const hint =
        match.refused === "entry-criteria"
          ? t("refusedBy", {
              path: match.test?.path ?? "",
              op: match.test?.op ?? "",
              value: JSON.stringify(match.test?.value ?? null),
              actual: JSON.stringify(match.actual),
            })
          : match.refused === "no-key"
            ? t("noKey", { path: match.path })
            : "";
      return <Act title={t(`refused.${match.refused}`)} hint={hint} />;
    }
    default:
      return null;
  }
}

function Act({ title, hint }: { title: string; hint: string }) {
  return (
    <>
      <p className="pt-0.5 font-semibold text-sm [overflow-wrap:anywhere]">{title}</p>
      {hint ? <p className="text-secondary text-xs">{hint}</p> : null}
    </>
  );
}
