"use client";

import { Handle as FlowHandle, type Node, type NodeProps, Position, useStore } from "@xyflow/react";
import { CircleAlert, CornerUpLeft, MessageSquare } from "lucide-react";
import { type CSSProperties, memo } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { familyBar, familyOf, StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { contentIn } from "#components/flow-canvas/template-words.ts";
import { handlesOf, messageOf } from "#components/flow-words/step-handles.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { Handle } from "#flow/define-node.ts";
import type { GraphNode } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import type { StepFigures } from "./live-figures.ts";

export type LiveNode = Node<
  {
    step: GraphNode;
    figures: StepFigures | undefined;
    catalog: Catalog;
    /** Ways out from which an edge is drawn. */
    ways: readonly string[];
    /** On the way of the person who is looked at; "off" while somebody is and they never came here. */
    walked: "no" | "on" | "off" | "here";
    isTabStop: boolean;
  },
  "step"
>;

/** A step with what happens on it: who waits, passed and left, and how many took which way. */
export const LiveCard = memo(function LiveCard({ id, data, selected }: NodeProps<LiveNode>) {
  const { step, figures, catalog, walked, isTabStop } = data;
  const words = useStepWords();
  const isFar = useStore((state) => state.transform[2] < 0.6);
  const title = words.title(step);
  const family = familyOf(step.type);
  return (
    <button
      type="button"
      id={`live-${id}`}
      tabIndex={isTabStop ? 0 : -1}
      data-testid="live-step"
      data-step={id}
      aria-pressed={selected}
      className={cn(
        "relative block w-65 rounded-lg border border-border border-l-2 bg-surface text-left transition-[box-shadow,opacity] duration-100",
        familyBar[family],
        "hover:shadow-[0_2px_10px_rgb(28_25_23/0.07)]",
        walked === "on" && "border-accent-border",
        walked === "off" && "opacity-50",
        walked === "here" && "border-y-warning border-r-warning",
        selected &&
          "border-y-accent border-r-accent shadow-[0_0_0_1px_var(--accent),0_0_0_4px_color-mix(in_srgb,var(--accent)_18%,transparent)]",
      )}
    >
      {family === "trigger" ? null : <Dot id="in" type="target" position={Position.Top} isOn />}
      <div className={isFar ? "invisible" : ""}>
        <div className="flex min-h-13 items-center gap-2.5 py-2 pr-3 pl-2.5">
          <StepIcon type={step.type} />
          <div className="min-w-0 flex-1">
            <p className="truncate font-semibold text-sm">{title}</p>
            <p className="truncate text-secondary text-xs">
              <Summary data={data} />
            </p>
          </div>
        </div>
        <MessageLine step={step} catalog={catalog} />
        <Strip data={data} />
        <Ways data={data} />
        <Troubles figures={figures} />
      </div>
      {isFar ? <Far step={step} title={title} waiting={figures?.waiting ?? 0} /> : null}
      <OtherWays data={data} />
    </button>
  );
});

/** Where nobody goes on from, the line says how many came to the end instead of what the step does. */
function Summary({ data: { step, figures, catalog } }: { data: LiveNode["data"] }) {
  const t = useTranslations("flowLive.card");
  const words = useStepWords();
  if (familyOf(step.type) === "end" && figures) return t("leftHere", { count: figures.left });
  return words.summary(step, catalog);
}

/** A message in one line: what it says, not what it looks like. */
function MessageLine({ step, catalog }: { step: GraphNode; catalog: Catalog }) {
  const locale = useLocale();
  const message = messageOf(step, catalog);
  const content = message && contentIn(message, locale);
  if (!message || !content) return null;
  const said = content.body.replaceAll(/\{\{([^}]+)\}\}/g, (_, name: string) => message.samples[name.trim()] ?? "…");
  return (
    <div className="flex items-center gap-1.5 border-border border-t bg-wa-chat px-3 py-1.5 text-wa-text text-xs">
      <MessageSquare className="size-3.5 shrink-0 text-secondary" />
      <span className="truncate">{said.replaceAll("\n", " ")}</span>
    </div>
  );
}

function Strip({ data: { step, figures } }: { data: LiveNode["data"] }) {
  const t = useTranslations("flowLive.card");
  const format = useFormatter();
  const family = familyOf(step.type);
  if (family === "end") return null;
  const cells = [
    ["waiting", figures?.waiting ?? 0],
    [family === "trigger" ? "entered" : "passed", figures?.passed ?? 0],
    ["left", figures?.left ?? 0],
  ] as const;
  return (
    <div className="grid grid-cols-3 border-border border-t text-xs">
      {cells.map(([name, n]) => (
        <div key={name} className="min-w-0 border-border px-1 py-1.5 text-center not-first:border-l">
          <span className="tabular inline font-semibold" data-testid={`live-${name}`} data-n={n}>
            {format.number(n)}
          </span>{" "}
          <span className="inline text-secondary">{t(name)}</span>
        </div>
      ))}
    </div>
  );
}

/** The ways out that have a place on the card: outcomes as cells, answers as rows, each with how many took it. */
function Ways({ data: { step, figures, catalog, ways } }: { data: LiveNode["data"] }) {
  const words = useStepWords();
  const format = useFormatter();
  const handles = handlesOf(step, catalog);
  const outcomes = handles.filter((handle) => handle.place === "outcome");
  const answers = handles.filter(({ id, place }) => place === "reply" && (ways.includes(id) || figures?.ways.has(id)));
  const count = ({ id }: Handle) => format.number(figures?.ways.get(id) ?? 0);
  return (
    <>
      {outcomes.length > 0 ? (
        <div className="flex border-border border-t">
          {outcomes.map((handle) => (
            <div
              key={handle.id}
              className="relative min-w-0 flex-1 border-border px-2 py-1.5 text-center text-xs not-first:border-l"
            >
              <span className="block truncate text-secondary">{words.handle(handle)}</span>
              <span className="tabular block font-semibold">{count(handle)}</span>
              <Dot id={handle.id} type="source" position={Position.Bottom} isOn={ways.includes(handle.id)} />
            </div>
          ))}
        </div>
      ) : null}
      {answers.map((handle) => (
        <div key={handle.id} className="relative flex items-center gap-1.5 border-border border-t px-3 py-1.5 text-xs">
          <CornerUpLeft className="size-3.5 shrink-0 text-tertiary" />
          <span className="min-w-0 flex-1 truncate">{words.way(step, handle, catalog)}</span>
          <span className="tabular font-semibold">{count(handle)}</span>
          <Dot
            id={handle.id}
            type="source"
            position={Position.Right}
            isOn={ways.includes(handle.id)}
            style={{ right: -11 }}
          />
        </div>
      ))}
    </>
  );
}

/** Messages that did not arrive; why is in the step's panel. */
function Troubles({ figures }: { figures: StepFigures | undefined }) {
  const t = useTranslations("flowLive.card");
  const sums = (["failed", "skipped", "unknown"] as const).flatMap((status) => {
    const n = (figures?.troubles ?? []).reduce((sum, each) => sum + (each.status === status ? each.n : 0), 0);
    return n > 0 ? [{ status, n }] : [];
  });
  if (sums.length === 0) return null;
  return (
    <p className="flex items-center gap-1.5 rounded-br-lg border-border border-t bg-warning-tint px-3 py-1.5 text-warning text-xs">
      <CircleAlert className="size-3.5 shrink-0" />
      <span className="truncate">{sums.map(({ status, n }) => t(status, { count: n })).join(" · ")}</span>
    </p>
  );
}

/** The main way at the bottom; quiet ones (failed, blocked ...) at the right, with their number, where they lead somewhere. */
function OtherWays({ data: { step, catalog, ways, figures } }: { data: LiveNode["data"] }) {
  const words = useStepWords();
  const format = useFormatter();
  const handles = handlesOf(step, catalog);
  const hasMain = handles.some((handle) => handle.place === "main");
  const quiet = handles.filter(({ id, place }) => place === "quiet" && ways.includes(id));
  return (
    <>
      {hasMain ? <Dot id="next" type="source" position={Position.Bottom} isOn={ways.includes("next")} /> : null}
      {quiet.map((handle, index) => (
        <div key={handle.id} aria-hidden style={{ top: 22 + index * 20 }} className="absolute left-full h-0 w-0">
          <Dot id={handle.id} type="source" position={Position.Right} isOn />
          <span className="pointer-events-none absolute -top-2 left-2.5 whitespace-nowrap rounded-full bg-bg/90 px-1.5 text-mini text-secondary leading-4">
            {words.handle(handle)} {format.number(figures?.ways.get(handle.id) ?? 0)}
          </span>
        </div>
      ))}
    </>
  );
}

function Far({ step, title, waiting }: { step: GraphNode; title: string; waiting: number }) {
  const format = useFormatter();
  return (
    <div aria-hidden className="absolute inset-0 flex items-center gap-3 overflow-hidden px-4">
      <StepIcon type={step.type} className="size-9 [&_svg]:size-5" />
      <span className="line-clamp-2 flex-1 font-semibold text-h1 leading-6">{title}</span>
      {waiting > 0 ? (
        <span className="tabular font-semibold text-h1 text-secondary">{format.number(waiting)}</span>
      ) : null}
    </div>
  );
}

type DotProps = { id: string; type: "source" | "target"; position: Position; isOn: boolean; style?: CSSProperties };

function Dot({ isOn, ...rest }: DotProps) {
  return <FlowHandle isConnectable={false} className={isOn ? "is-connected" : undefined} {...rest} />;
}
