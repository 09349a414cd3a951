"use client";

import { CopyPlus, Group, Plus, SlidersHorizontal, Trash2, Ungroup, Unlink, Waypoints } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { familyOf } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { cn } from "#components/ui/cn.ts";
import { DropdownMenuItem, DropdownMenuSeparator, DropdownMenuSub } from "#components/ui/dropdown-menu.tsx";
import type { Handle } from "#flow/define-node.ts";
import type { GraphNode } from "#flow/graph.ts";
import { groupOf } from "../editor-state/aid-edits.ts";
import { useEditor, useEditorActions, useEditorStore } from "../editor-state/editor-context.tsx";
import { flowOrder } from "../editor-state/flow-order.ts";
import { CanvasMenu } from "./canvas-menu.tsx";

type CardMenuProps = {
  step: GraphNode;
  handles: Handle[];
  /** Only the card that has the keyboard lets Tab into its menu. */
  isTabStop: boolean;
  /** Where it stands, and how it stays out of sight until it is wanted. */
  className: string;
};

/** Everything the pointer can do to a step that may be edited, for the keyboard too: insert after, connect, disconnect, group, duplicate, delete. */
export function CardMenu({ step, handles, isTabStop, className }: CardMenuProps) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const { select } = useEditorActions();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div className={cn("nodrag absolute", className)}>
      <CanvasMenu
        ref={button}
        label={t("menu", { title: words.title(step) })}
        onOpen={() => select([step.id])}
        isTabStop={isTabStop}
        className="bg-surface"
      >
        <Lines step={step} handles={handles} anchor={() => button.current?.getBoundingClientRect()} />
      </CanvasMenu>
    </div>
  );
}

type Anchor = { anchor: () => DOMRect | undefined };

/** Made when the menu opens: of hundreds of cards one is asked. */
function Lines({ step, handles, anchor }: WaysProps & Anchor) {
  const t = useTranslations("flowEditor.card");
  const groups = useTranslations("flowEditor.groups");
  const { duplicate, deleteStep, setInspectorOpen, group, leaveGroup } = useEditorActions();
  const isGrouped = useEditor((state) => groupOf(state.graph, step.id) !== undefined);
  return (
    <>
      <DropdownMenuItem icon={SlidersHorizontal} onSelect={() => setInspectorOpen(true)} shortcut="↵">
        {t("edit")}
      </DropdownMenuItem>
      {handles.length > 0 ? (
        <>
          <InsertAfter step={step} handles={handles} anchor={anchor} />
          <ConnectTo step={step} handles={handles} />
          <Disconnect step={step} handles={handles} />
        </>
      ) : null}
      <DropdownMenuSeparator />
      <DropdownMenuItem icon={Group} onSelect={() => group([step.id], groups("newName"))} shortcut="Ctrl G">
        {groups("group")}
      </DropdownMenuItem>
      {isGrouped ? (
        <DropdownMenuItem icon={Ungroup} onSelect={() => leaveGroup(step.id)}>
          {groups("leave")}
        </DropdownMenuItem>
      ) : null}
      <DropdownMenuItem icon={CopyPlus} onSelect={() => duplicate([step.id])} shortcut="Ctrl D">
        {t("duplicate")}
      </DropdownMenuItem>
      <DropdownMenuItem icon={Trash2} isDanger onSelect={() => deleteStep(step.id)} shortcut="Del">
        {t("delete")}
      </DropdownMenuItem>
    </>
  );
}

type WaysProps = { step: GraphNode; handles: Handle[] };

/** A sub-menu per way out; a step with a single way skips that level. */
function InsertAfter({ step, handles, anchor }: WaysProps & Anchor) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const catalog = useEditor((state) => state.catalog);
  const { openQuickAdd } = useEditorActions();
  const open = (handle: string) => {
    const box = anchor();
    openQuickAdd({
      at: { x: box?.left ?? 0, y: box?.bottom ?? 0 },
      place: { from: { nodeId: step.id, handle }, position: null },
    });
  };
  const only = handles.length === 1 ? handles[0] : undefined;
  if (only) {
    return (
      <DropdownMenuItem icon={Plus} onSelect={() => open(only.id)} shortcut="/">
        {t("insertAfter")}
      </DropdownMenuItem>
    );
  }
  return (
    <DropdownMenuSub icon={Plus} label={t("insertAfter")}>
      {handles.map((handle) => (
        <DropdownMenuItem key={handle.id} onSelect={() => open(handle.id)}>
          {words.way(step, handle, catalog)}
        </DropdownMenuItem>
      ))}
    </DropdownMenuSub>
  );
}

function ConnectTo({ step, handles }: WaysProps) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const catalog = useEditor((state) => state.catalog);
  if (handles.length === 1 && handles[0]) {
    return (
      <DropdownMenuSub icon={Waypoints} label={t("connectTo")}>
        <Targets stepId={step.id} handle={handles[0].id} />
      </DropdownMenuSub>
    );
  }
  return (
    <DropdownMenuSub icon={Waypoints} label={t("connectTo")}>
      {handles.map((handle) => (
        <DropdownMenuSub key={handle.id} label={words.way(step, handle, catalog)}>
          <Targets stepId={step.id} handle={handle.id} />
        </DropdownMenuSub>
      ))}
    </DropdownMenuSub>
  );
}

/** Takes away one of the ways that lead somewhere. */
function Disconnect({ step, handles }: WaysProps) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const { deleteEdge } = useEditorActions();
  const catalog = useEditor((state) => state.catalog);
  const graph = useEditor((state) => state.graph);
  const edges = graph.edges.filter((edge) => edge.source === step.id);
  if (edges.length === 0) return null;
  const targetOf = (id: string) => {
    const target = graph.nodes.find((node) => node.id === id);
    return target ? words.title(target) : "";
  };
  return (
    <DropdownMenuSub icon={Unlink} label={t("disconnect")}>
      {edges.map((edge) => {
        const handle = handles.find((candidate) => candidate.id === edge.sourceHandle);
        return (
          <DropdownMenuItem key={edge.id} onSelect={() => deleteEdge(edge.id)}>
            {t("wayTo", {
              way: handle ? words.way(step, handle, catalog) : edge.sourceHandle,
              step: targetOf(edge.target),
            })}
          </DropdownMenuItem>
        );
      })}
    </DropdownMenuSub>
  );
}

function Targets({ stepId, handle }: { stepId: string; handle: string }) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const store = useEditorStore();
  const { graph, catalog } = store.getState();
  const targets = flowOrder(graph, catalog).filter(
    ({ node }) => node.id !== stepId && familyOf(node.type) !== "trigger",
  );
  if (targets.length === 0) return <DropdownMenuItem disabled>{t("noTargets")}</DropdownMenuItem>;
  return targets.map(({ node }) => (
    <DropdownMenuItem key={node.id} onSelect={() => store.actions.connect({ nodeId: stepId, handle }, node.id)}>
      {words.title(node)}
      <span className="block max-w-60 truncate text-secondary text-xs">{words.summary(node, catalog)}</span>
    </DropdownMenuItem>
  ));
}
