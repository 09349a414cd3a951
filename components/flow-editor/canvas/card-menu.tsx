"use client";

import {
  CopyPlus,
  EllipsisVertical,
  Group,
  Plus,
  SlidersHorizontal,
  Trash2,
  Ungroup,
  Unlink,
  Waypoints,
} from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { familyOf } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import type { Handle } from "#flow/define-node.ts";
import type { GraphNode } from "#flow/graph.ts";
import { groupOf } from "../editor-state/aid-edits.ts";
import { useEditor, useEditorActions, useEditorStore } from "../editor-state/editor-context.tsx";
import { flowOrder } from "../editor-state/flow-order.ts";

type CardMenuProps = {
  step: GraphNode;
  handles: Handle[];
  /** Only the card that has the keyboard lets Tab into its menu. */
  isTabStop: boolean;
  className?: string;
};

/** Everything the pointer can do to a step, for the keyboard too: insert after, connect, disconnect, group, duplicate, delete. */
export function CardMenu({ step, handles, isTabStop, className = "top-1.5 right-1.5" }: CardMenuProps) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const store = useEditorStore();
  const groups = useTranslations("flowEditor.groups");
  const { duplicate, deleteStep, select, setInspectorOpen, group, leaveGroup } = store.actions;
  const isGrouped = useEditor((state) => groupOf(state.graph, step.id) !== undefined);
  const canEdit = useEditor((state) => state.canEdit);
  const button = useRef<HTMLButtonElement>(null);
  if (!canEdit) return null;
  return (
    <div
      className={cn(
        "nodrag absolute opacity-0 transition-opacity focus-within:opacity-100 group-hover/card:opacity-100 group-data-selected/card:opacity-100 has-data-[state=open]:opacity-100",
        className,
      )}
    >
      <DropdownMenu onOpenChange={(isOpen) => isOpen && select([step.id])}>
        <DropdownMenuTrigger asChild>
          <Button
            ref={button}
            variant="quiet"
            aria-label={t("menu", { title: words.title(step) })}
            className="h-6 w-5 rounded-sm bg-surface px-0"
            tabIndex={isTabStop ? 0 : -1}
          >
            <EllipsisVertical aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent
          align="start"
          onClick={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
          // What the menu opened (the step menu, a group's name) keeps the keyboard.
          onCloseAutoFocus={(event) => {
            const { quickAdd, editing } = store.getState();
            if (quickAdd || editing) event.preventDefault();
          }}
        >
          <DropdownMenuItem icon={SlidersHorizontal} onSelect={() => setInspectorOpen(true)} shortcut="↵">
            {t("edit")}
          </DropdownMenuItem>
          {handles.length > 0 ? (
            <>
              <InsertAfter step={step} handles={handles} anchor={() => button.current?.getBoundingClientRect()} />
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
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}

type WaysProps = { step: GraphNode; handles: Handle[] };

/** A sub-menu per way out; a step with a single way skips that level. */
function InsertAfter({ step, handles, anchor }: WaysProps & { anchor: () => DOMRect | undefined }) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
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
    <SubMenu icon={Plus} label={t("insertAfter")}>
      {handles.map((handle) => (
        <DropdownMenuItem key={handle.id} onSelect={() => open(handle.id)}>
          {words.handle(handle)}
        </DropdownMenuItem>
      ))}
    </SubMenu>
  );
}

function ConnectTo({ step, handles }: WaysProps) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  if (handles.length === 1 && handles[0]) {
    return (
      <SubMenu icon={Waypoints} label={t("connectTo")}>
        <Targets stepId={step.id} handle={handles[0].id} />
      </SubMenu>
    );
  }
  return (
    <SubMenu icon={Waypoints} label={t("connectTo")}>
      {handles.map((handle) => (
        <SubMenu key={handle.id} label={words.handle(handle)}>
          <Targets stepId={step.id} handle={handle.id} />
        </SubMenu>
      ))}
    </SubMenu>
  );
}

/** Takes away one of the ways that lead somewhere. */
function Disconnect({ step, handles }: WaysProps) {
  const t = useTranslations("flowEditor.card");
  const words = useStepWords();
  const { deleteEdge } = useEditorActions();
  const graph = useEditor((state) => state.graph);
  const edges = graph.edges.filter((edge) => edge.source === step.id);
  if (edges.length === 0) return null;
  const targetOf = (id: string) => {
    const target = graph.nodes.find((node) => node.id === id);
    return target ? words.title(target) : "";
  };
  return (
    <SubMenu icon={Unlink} label={t("disconnect")}>
      {edges.map((edge) => {
        const handle = handles.find((candidate) => candidate.id === edge.sourceHandle);
        return (
          <DropdownMenuItem key={edge.id} onSelect={() => deleteEdge(edge.id)}>
            {t("wayTo", { way: handle ? words.handle(handle) : edge.sourceHandle, step: targetOf(edge.target) })}
          </DropdownMenuItem>
        );
      })}
    </SubMenu>
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

function SubMenu({ icon: Icon, label, children }: { icon?: typeof Plus; label: string; children: React.ReactNode }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className="flex min-h-8 items-center gap-2.5 rounded-sm px-2 py-1 text-ink text-sm outline-none data-highlighted:bg-hover data-[state=open]:bg-hover [&_svg]:size-4 [&_svg]:text-secondary">
        {Icon ? <Icon aria-hidden /> : null}
        <span className="flex-1">{label}</span>
        <span aria-hidden className="text-tertiary">
          ›
        </span>
      </Radix.SubTrigger>
      <Radix.Portal>
        <Radix.SubContent
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 max-h-80 min-w-44 animate-rise-in overflow-y-auto rounded-md border border-border bg-raised p-1"
        >
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}
