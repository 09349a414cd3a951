"use client";

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { memo, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { aidLooks } from "#components/flow-canvas/aid-looks.ts";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { GraphGroup } from "#flow/graph.ts";
import { cardId } from "../card-id.ts";
import type { GroupNode } from "../editor-state/derive-aids.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { GroupMenu } from "./group-menu.tsx";
import { GroupName } from "./group-name.tsx";

const chosen = "shadow-[0_0_0_1px_var(--accent),0_0_0_4px_color-mix(in_srgb,var(--accent)_18%,transparent)]";

/** Steps under one name: a frame around them, or one card in their place. */
export const GroupFrame = memo(function GroupFrame({ data: { group, types }, selected }: NodeProps<GroupNode>) {
  return group.isCollapsed ? (
    <FoldedGroup group={group} types={types} isSelected={selected} />
  ) : (
    <OpenGroup group={group} isSelected={selected} />
  );
});

function OpenGroup({ group, isSelected }: { group: GraphGroup; isSelected: boolean }) {
  const looks = aidLooks[group.colour];
  return (
    <div
      data-testid="group"
      className={cn("size-full rounded-xl border border-dashed", looks.frame, isSelected && chosen)}
    >
      <Title group={group}>
        <GroupName group={group} className={looks.title} />
      </Title>
    </div>
  );
}

type FoldedProps = { group: GraphGroup; types: readonly string[]; isSelected: boolean };

function FoldedGroup({ group, types, isSelected }: FoldedProps) {
  const t = useTranslations("flowEditor.groups");
  const looks = aidLooks[group.colour];
  const problems = useEditor((state) =>
    group.steps.reduce((sum, id) => sum + (state.problemsOf.get(id)?.length ?? 0), 0),
  );
  const shown = [...new Set(types)].slice(0, 7);
  return (
    <div
      data-testid="group"
      className={cn("relative w-65 rounded-lg border border-dashed bg-surface", looks.frame, isSelected && chosen)}
    >
      <Handle id="in" type="target" position={Position.Top} isConnectable={false} className="is-connected" />
      <Title group={group}>
        <GroupName group={group} className={looks.title} />
      </Title>
      <p className="flex items-center gap-1 px-3 pb-3">
        {shown.map((type) => (
          <StepIcon key={type} type={type} isSmall />
        ))}
        <span className="ml-auto text-secondary text-xs">{t("steps", { count: group.steps.length })}</span>
      </p>
      {problems > 0 ? (
        <span
          title={t("problems", { count: problems })}
          className="absolute -top-2.5 -right-2 flex h-5 items-center gap-0.5 rounded-full bg-warning px-1.5 font-semibold text-mini text-surface ring-2 ring-bg"
        >
          <TriangleAlert aria-hidden className="size-3" />
          {problems}
          <span className="sr-only">{t("problems", { count: problems })}</span>
        </span>
      ) : null}
      <Handle id="out" type="source" position={Position.Bottom} isConnectable={false} className="is-connected" />
    </div>
  );
}

/** What one takes hold of; below 60 % it grows, so that the name can still be read. */
function Title({ group, children }: { group: GraphGroup; children: ReactNode }) {
  const t = useTranslations("flowEditor.groups");
  const { foldGroup, select } = useEditorActions();
  const canEdit = useEditor((state) => state.canEdit && state.run === null);
  return (
    <fieldset
      id={cardId(group.id)}
      aria-label={t("name", { name: group.name || t("unnamed"), count: group.steps.length })}
      onFocus={() => select([group.id])}
      className="group-title pointer-events-auto flex h-9 cursor-grab items-center gap-0.5 px-2 in-[.is-far]:[&_[data-name]]:text-h1"
    >
      <IconButton
        size="dense"
        icon={group.isCollapsed ? ChevronRight : ChevronDown}
        label={t(group.isCollapsed ? "unfold" : "fold")}
        aria-expanded={!group.isCollapsed}
        disabled={!canEdit}
        onClick={() => foldGroup(group.id, !group.isCollapsed)}
        className="nodrag h-6 w-6"
      />
      {children}
      {canEdit ? <GroupMenu group={group} /> : null}
    </fieldset>
  );
}
