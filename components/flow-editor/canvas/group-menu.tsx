"use client";

import { Pencil, Trash2, Ungroup } from "lucide-react";
import { useTranslations } from "use-intl";
import { DropdownMenuItem, DropdownMenuSeparator } from "#components/ui/dropdown-menu.tsx";
import type { GraphGroup } from "#flow/graph.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { CanvasMenu } from "./canvas-menu.tsx";
import { ColourButtons } from "./colour-buttons.tsx";

/** Everything one can do to a group. */
export function GroupMenu({ group }: { group: GraphGroup }) {
  const t = useTranslations("flowEditor.groups");
  const { setEditing, ungroup, deleteGroup, colourGroup } = useEditorActions();
  const colour = useEditor((state) => state.graph.groups?.find(({ id }) => id === group.id)?.colour ?? group.colour);
  return (
    <CanvasMenu label={t("menu", { name: group.name || t("unnamed") })} className="nodrag shrink-0">
      <div className="px-1 py-0.5">
        <ColourButtons value={colour} onChange={(next) => colourGroup(group.id, next)} />
      </div>
      <DropdownMenuSeparator />
      <DropdownMenuItem icon={Pencil} onSelect={() => setEditing(group.id)}>
        {t("rename")}
      </DropdownMenuItem>
      <DropdownMenuItem icon={Ungroup} onSelect={() => ungroup([group.id])} shortcut="Ctrl ⇧ G">
        {t("ungroup")}
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem icon={Trash2} isDanger onSelect={() => deleteGroup(group.id)}>
        {t("deleteWithSteps", { count: group.steps.length })}
      </DropdownMenuItem>
    </CanvasMenu>
  );
}
