"use client";

import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { MessageOnCard } from "#components/flow-canvas/message-on-card.tsx";
import { familyBar, familyOf, StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { handlesOf, isComplete, messageOf } from "#components/flow-words/step-handles.ts";
import { useProblemWords } from "#components/flow-words/use-problem-words.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { Handle } from "#flow/define-node.ts";
import type { GraphNode } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { cardId } from "../card-id.ts";
import type { StepNode } from "../editor-state/derive-canvas.ts";
import { useEditorActions, useSettled } from "../editor-state/editor-context.tsx";
import type { SettledState } from "../editor-state/settled.ts";
import { ProblemBadge, RunStamp } from "./card-badge.tsx";
import { CardMenu } from "./card-menu.tsx";
import { CommentBadge } from "./comment-badge.tsx";
import { WayIn, WayOut, type Ways } from "./step-handle.tsx";

type CardProps = NodeProps<StepNode>;

/** Where it stands and how large it came out changes nothing of what a card shows: React Flow moves the frame around it. */
const showsTheSame = (before: CardProps, after: CardProps): boolean =>
  before.id === after.id && before.data === after.data && before.selected === after.selected;

/** A step on the canvas: family bar, icon, title, one line of summary, and its ways out where they belong. */
export const StepCard = memo(function StepCard({ id, data: { step }, selected }: CardProps) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const { catalog, canEdit, problems, connected, walkHandle, isTabStop, mark, stamp, isRunning } = useSettled(
    (state) => ({
      catalog: state.catalog,
      canEdit: state.canEdit,
      problems: state.problemsOf.get(id),
      connected: state.connectedOf.get(id),
      walkHandle: selected ? state.walkHandle : null,
      isTabStop: state.tabStop === id,
      mark: markOf(state, id),
      stamp: state.run?.stamps.get(id),
      isRunning: state.run !== null,
    }),
  );
  const handles = handlesOf(step, catalog);
  const ways = { connected, walkHandle };
  const { select } = useEditorActions();
  const title = words.title(step);
  const problemWords = useProblemWords();
  const blocking = isComplete(step) ? undefined : problems?.find((problem) => problem.severity === "error");
  const summary = blocking ? problemWords(blocking).title : words.summary(step, catalog);
  const family = familyOf(step.type);
  const hasMain = handles.some((handle) => handle.place === "main");
  return (
    <article
      id={cardId(id)}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={t("name", { title, summary, problems: problems?.length ?? 0 })}
      // Reached by keyboard it is chosen; a press with the pointer chooses by itself, several with Ctrl.
      onFocus={({ target, currentTarget }) =>
        target === currentTarget && !selected && currentTarget.matches(":focus-visible") ? select([id]) : undefined
      }
      // In a test run, and while a path is shown, a step beside the way is faint and out of play.
      aria-disabled={mark === "idle" || undefined}
      data-testid="step"
      data-step-type={step.type}
      data-selected={selected || undefined}
      data-run={mark === "none" ? undefined : mark}
      className={cn(
        "group/card relative w-65 rounded-lg border border-border border-l-2 bg-surface outline-none transition-[box-shadow,opacity] duration-100",
        familyBar[family],
        "hover:shadow-[0_2px_10px_rgb(28_25_23/0.07)]",
        mark === "done" && "border-accent-border",
        mark === "idle" && "opacity-50",
        (selected || mark === "current") &&
          "border-y-accent border-r-accent shadow-[0_0_0_1px_var(--accent),0_0_0_4px_color-mix(in_srgb,var(--accent)_18%,transparent)] hover:shadow-[0_0_0_1px_var(--accent),0_0_0_4px_color-mix(in_srgb,var(--accent)_18%,transparent)]",
        mark === "waiting" &&
          "border-y-warning border-r-warning shadow-[0_0_0_1px_var(--warning),0_0_0_4px_color-mix(in_srgb,var(--warning)_18%,transparent)]",
      )}
    >
      {family === "trigger" ? null : <WayIn nodeId={id} label={t("wayIn", { title })} />}
      <div data-near>
        <CardHead type={step.type} title={title} summary={summary} isIncomplete={blocking !== undefined} />
        <CardBody {...{ step, handles, ways, catalog }} />
      </div>
      <FarCard type={step.type} title={title} />
      <QuietWays handles={handles} ways={ways} isSelected={selected} />
      {hasMain ? <WayOut ways={ways} handleId="next" side="bottom" label={t("next")} /> : null}
      <CommentBadge nodeId={id} />
      {stamp ? <RunStamp {...stamp} /> : isRunning ? null : <ProblemBadge {...{ nodeId: id, problems, isTabStop }} />}
      {canEdit ? <CardMenu {...{ step, handles, isTabStop }} className={menuPlace} /> : null}
    </article>
  );
}, showsTheSame);

/** Not there until wanted, rather than transparent: what is transparent is drawn and hit, hundreds of times. */
const menuPlace =
  "invisible top-1.5 right-1.5 group-focus-within/card:visible group-hover/card:visible group-data-selected/card:visible has-data-[state=open]:visible";

type Mark = "none" | "idle" | "done" | "current" | "waiting";

function markOf({ run, path }: SettledState, id: string): Mark {
  if (run) return run.current === id ? "waiting" : run.stamps.has(id) ? "done" : "idle";
  return path ? (path.nodes.has(id) ? "done" : "idle") : "none";
}

type CardHeadProps = { type: string; title: string; summary: string; isIncomplete: boolean };

function CardHead({ type, title, summary, isIncomplete }: CardHeadProps) {
  return (
    <div className="flex min-h-13 items-center gap-2.5 py-2 pr-3 pl-2.5">
      <StepIcon type={type} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold text-sm" title={title}>
          {title}
        </p>
        {summary ? (
          <p className={cn("truncate text-xs", isIncomplete ? "text-danger" : "text-secondary")} title={summary}>
            {summary}
          </p>
        ) : null}
      </div>
    </div>
  );
}

type WaysProps = { handles: Handle[]; ways: Ways };

function CardBody({ step, handles, ways, catalog }: WaysProps & { step: GraphNode; catalog: Catalog }) {
  const message = messageOf(step, catalog);
  return (
    <>
      {message ? (
        <MessageOnCard
          message={message}
          values={step.data.values}
          wayOut={({ handleId, text }) =>
            handles.some(({ id }) => id === handleId) ? (
              <WayOut ways={ways} handleId={handleId} side="right" label={text} style={{ right: -14 }} />
            ) : null
          }
        />
      ) : null}
      <Outcomes handles={handles} ways={ways} />
    </>
  );
}

/** Named ways out as cells along the bottom edge. */
function Outcomes({ handles, ways }: WaysProps) {
  const words = useStepWords();
  const outcomes = handles.filter((handle) => handle.place === "outcome");
  if (outcomes.length === 0) return null;
  return (
    <div className="flex border-border border-t">
      {outcomes.map((handle) => (
        <div
          key={handle.id}
          className="relative min-w-0 flex-1 border-border px-2 py-1.5 text-center not-first:border-l"
        >
          <span
            className={cn("block truncate text-xs", handle.text?.includes(".") && "font-mono text-mini leading-4")}
            title={words.handle(handle)}
          >
            {words.handle(handle)}
          </span>
          <WayOut ways={ways} handleId={handle.id} side="bottom" label={words.handle(handle)} />
        </div>
      ))}
    </div>
  );
}

/** Failed, blocked, replied ...: at the right of the head, out of sight until the card is looked at or they lead somewhere. */
function QuietWays({ handles, ways, isSelected }: WaysProps & { isSelected: boolean }) {
  const words = useStepWords();
  return handles
    .filter((handle) => handle.place === "quiet")
    .map((handle, index) => {
      const isShown = isSelected || ways.connected?.includes(handle.id);
      return (
        <div
          key={handle.id}
          style={{ top: 22 + index * 20 }}
          className={cn("absolute left-full h-0 w-0", isShown ? null : "invisible group-hover/card:visible")}
        >
          <WayOut ways={ways} handleId={handle.id} side="right" label={words.handle(handle)} />
          <span
            data-near
            className="pointer-events-none absolute -top-2 left-2.5 whitespace-nowrap rounded-full bg-bg/90 px-1.5 text-mini text-secondary leading-4"
          >
            {words.handle(handle)}
          </span>
        </div>
      );
    });
}

/** Below 60 % nothing smaller than a title can be read. */
function FarCard({ type, title }: { type: string; title: string }) {
  return (
    <div data-far aria-hidden className="absolute inset-0 hidden items-center gap-3 px-4">
      <StepIcon type={type} className="size-9 [&_svg]:size-5" />
      {/* Drawn, not written: the title stands on the card already. */}
      <span
        data-title={title}
        className="line-clamp-2 font-semibold text-h1 leading-6 before:content-[attr(data-title)]"
      />
    </div>
  );
}
