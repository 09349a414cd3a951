"use client";

import { EllipsisVertical, Pencil, Trash2, Ungroup } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import type { GraphGroup } from "#flow/graph.ts";
import { useEditor, useEditorStore } from "../editor-state/editor-context.tsx";
import { ColourButtons } from "./colour-buttons.tsx";

/** Everything one can do to a group. */
export function GroupMenu({ group }: { group: GraphGroup }) {
  const t = useTranslations("flowEditor.groups");
  const store = useEditorStore();
  const { setEditing, ungroup, deleteGroup, colourGroup } = store.actions;
  const colour = useEditor((state) => state.graph.groups?.find(({ id }) => id === group.id)?.colour ?? group.colour);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="quiet"
          aria-label={t("menu", { name: group.name || t("unnamed") })}
          className="nodrag h-6 w-5 shrink-0 rounded-sm px-0"
        >
          <EllipsisVertical aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="start"
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
        // The field that "Rename" opened keeps the keyboard.
        onCloseAutoFocus={(event) => store.getState().editing && event.preventDefault()}
      >
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
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
