"use client";

import { Handle as FlowHandle, type Node, type NodeProps, Position, useStore } from "@xyflow/react";
import { type CSSProperties, memo } from "react";
import { useTranslations } from "use-intl";
import { MessageOnCard } from "#components/flow-canvas/message-on-card.tsx";
import { familyBar, familyOf, StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { handlesOf, messageOf } from "#components/flow-words/step-handles.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { GraphNode } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { ChangeMark, changeFrames } from "./change-mark.tsx";
import type { ChangeKind } from "./overlay-graphs.ts";

export type DiffNode = Node<
  {
    step: GraphNode;
    kind: ChangeKind;
    catalog: Catalog;
    /** Ways out from which a connection is drawn, in either graph. */
    ways: readonly string[];
    isDim: boolean;
  },
  "step"
>;

/** A step of two compared graphs: as the editor draws it, framed by what became of it. */
export const DiffCard = memo(function DiffCard({ data, selected }: NodeProps<DiffNode>) {
  const { step, kind, catalog, isDim } = data;
  const t = useTranslations("flowDiff");
  const words = useStepWords();
  const isFar = useStore((state) => state.transform[2] < 0.6);
  const title = words.title(step);
  const family = familyOf(step.type);
  return (
    <div
      role="img"
      aria-label={t("card", { title, kind })}
      data-testid="diff-step"
      data-change={kind}
      className={cn(
        "relative w-65 rounded-lg border border-l-2 bg-surface transition-opacity duration-100",
        changeFrames[kind],
        kind === "removed" ? "" : familyBar[family],
        isDim && "grayscale",
        selected && "outline-2 outline-accent outline-offset-2",
      )}
    >
      {family === "trigger" ? null : <Dot id="in" type="target" position={Position.Top} isOn />}
      {/* The card is one picture with a name: what is drawn in it, dimmed or not, is not read a second time. */}
      <div aria-hidden className={isFar ? "invisible" : ""}>
        <Head step={step} title={title} summary={words.summary(step, catalog)} isGone={kind === "removed"} />
        <Body data={data} />
      </div>
      {isFar ? (
        <div aria-hidden className="absolute inset-0 flex items-center gap-3 overflow-hidden px-4">
          <StepIcon type={step.type} className="size-9 [&_svg]:size-5" />
          <span className={cn("line-clamp-2 font-semibold text-h1 leading-6", kind === "removed" && "line-through")}>
            {title}
          </span>
        </div>
      ) : null}
      <OtherWays data={data} isNamed={!isFar} />
      <ChangeMark kind={kind} />
    </div>
  );
});

type HeadProps = { step: GraphNode; title: string; summary: string; isGone: boolean };

function Head({ step, title, summary, isGone }: HeadProps) {
  return (
    <div className="flex min-h-13 items-center gap-2.5 py-2 pr-3 pl-2.5">
      <StepIcon type={step.type} />
      <div className="min-w-0 flex-1">
        <p className={cn("truncate font-semibold text-sm", isGone && "text-danger line-through")}>{title}</p>
        {summary ? <p className="truncate text-secondary text-xs">{summary}</p> : null}
      </div>
    </div>
  );
}

function Body({ data }: { data: DiffNode["data"] }) {
  const { step, catalog, ways } = data;
  const message = messageOf(step, catalog);
  const handles = handlesOf(step, catalog);
  return (
    <>
      {message ? (
        <MessageOnCard
          message={message}
          values={step.data.values}
          wayOut={({ handleId }) =>
            handles.some(({ id }) => id === handleId) ? (
              <Dot
                id={handleId}
                type="source"
                position={Position.Right}
                isOn={ways.includes(handleId)}
                style={{ right: -14 }}
              />
            ) : null
          }
        />
      ) : null}
      <Outcomes data={data} />
    </>
  );
}

function Outcomes({ data: { step, catalog, ways } }: { data: DiffNode["data"] }) {
  const words = useStepWords();
  const outcomes = handlesOf(step, catalog).filter((handle) => handle.place === "outcome");
  if (outcomes.length === 0) return null;
  return (
    <div className="flex border-border border-t">
      {outcomes.map((handle) => (
        <div
          key={handle.id}
          className="relative min-w-0 flex-1 border-border px-2 py-1.5 text-center not-first:border-l"
        >
          <span className="block truncate text-xs">{words.handle(handle)}</span>
          <Dot id={handle.id} type="source" position={Position.Bottom} isOn={ways.includes(handle.id)} />
        </div>
      ))}
    </div>
  );
}

/** The main way at the bottom, quiet ones at the right where they lead somewhere, and those that only the other graph has. */
function OtherWays({ data: { step, catalog, ways }, isNamed }: { data: DiffNode["data"]; isNamed: boolean }) {
  const words = useStepWords();
  const handles = handlesOf(step, catalog);
  const hasMain = handles.some((handle) => handle.place === "main");
  const isDrawn = (id: string) =>
    handles.some((handle) => handle.id === id && handle.place !== "quiet" && handle.place !== "main");
  const beside = ways.filter((id) => !(hasMain && id === "next") && !isDrawn(id));
  return (
    <>
      {hasMain ? <Dot id="next" type="source" position={Position.Bottom} isOn={ways.includes("next")} /> : null}
      {beside.map((id, index) => {
        const handle = handles.find((one) => one.id === id);
        return (
          <div key={id} style={{ top: 22 + index * 20 }} className="absolute left-full h-0 w-0">
            <Dot id={id} type="source" position={Position.Right} isOn />
            {handle && isNamed ? (
              <span
                aria-hidden
                className="pointer-events-none absolute -top-2 left-2.5 whitespace-nowrap rounded-full bg-bg/90 px-1.5 text-mini text-secondary leading-4"
              >
                {words.handle(handle)}
              </span>
            ) : null}
          </div>
        );
      })}
    </>
  );
}

type DotProps = { id: string; type: "source" | "target"; position: Position; isOn: boolean; style?: CSSProperties };

function Dot({ isOn, ...rest }: DotProps) {
  return <FlowHandle isConnectable={false} className={isOn ? "is-connected" : undefined} {...rest} />;
}
