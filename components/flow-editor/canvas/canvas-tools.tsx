"use client";

import { ListTree, Redo2, Search, StickyNote, Undo2, WandSparkles } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useEditor, useEditorActions, useHistory } from "../editor-state/editor-context.tsx";
import { FindStep } from "./find-step.tsx";
import { useAddNote } from "./use-add-note.ts";
import { useTidyUp } from "./use-tidy-up.ts";

/** The tool bar over the canvas; every tool names its shortcut. */
export function CanvasTools() {
  const t = useTranslations("flowEditor.tools");
  const { undo, redo, openDrawer } = useEditorActions();
  const { canUndo, canRedo } = useHistory();
  const tidyUp = useTidyUp();
  const addNote = useAddNote();
  const canEdit = useEditor((state) => state.canEdit);
  const drawer = useEditor((state) => state.drawer);
  const [isFinding, setFinding] = useState(false);
  return (
    <div
      role="toolbar"
      aria-label={t("label")}
      className="floating flex items-center gap-0.5 rounded-lg border border-border bg-raised p-1"
    >
      <IconButton size="dense" icon={Undo2} label={t("undo")} shortcut="Ctrl Z" disabled={!canUndo} onClick={undo} />
      <IconButton size="dense" icon={Redo2} label={t("redo")} shortcut="Ctrl Y" disabled={!canRedo} onClick={redo} />
      <span aria-hidden className="mx-1 h-4 w-px bg-border" />
      <IconButton
        size="dense"
        icon={Search}
        label={t("find")}
        shortcut="Ctrl F"
        onClick={() => setFinding(true)}
        data-tool="find"
      />
      <IconButton
        size="dense"
        icon={ListTree}
        label={t("outline")}
        shortcut="O"
        aria-pressed={drawer === "outline"}
        className="aria-pressed:bg-accent-tint aria-pressed:text-accent"
        onClick={() => openDrawer(drawer === "outline" ? "none" : "outline")}
      />
      <IconButton
        size="dense"
        icon={WandSparkles}
        label={t("tidyUp")}
        shortcut="T"
        disabled={!canEdit}
        onClick={tidyUp}
      />
      <IconButton size="dense" icon={StickyNote} label={t("note")} shortcut="N" disabled={!canEdit} onClick={addNote} />
      <FindStep isOpen={isFinding} onOpenChange={setFinding} />
    </div>
  );
}
