"use client";

import { type NodeProps, NodeToolbar, Position } from "@xyflow/react";
import { Pencil, Trash2 } from "lucide-react";
import { memo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { aidLooks } from "#components/flow-canvas/aid-looks.ts";
import { NoteAuthor, NoteText } from "#components/flow-canvas/aid-words.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type GraphNote, graphLimits } from "#flow/graph.ts";
import { cardId } from "../card-id.ts";
import type { NoteNode } from "../editor-state/derive-aids.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { ColourButtons } from "./colour-buttons.tsx";
import { useFocusWhenDrawn } from "./use-focus-when-drawn.ts";

/** A remark beside the steps: its words and who wrote them. A double click, or Enter, lets one write. */
export const NoteCard = memo(function NoteCard({ id, data: { note }, selected }: NodeProps<NoteNode>) {
  const t = useTranslations("flowEditor.notes");
  const canEdit = useEditor((state) => state.canEdit && state.run === null);
  const isEditing = useEditor((state) => state.editing === id);
  const { setEditing, select, deleteNote, colourNote } = useEditorActions();
  return (
    <>
      <NodeToolbar isVisible={selected && canEdit && !isEditing} position={Position.Top} align="start" offset={8}>
        <div
          role="toolbar"
          aria-label={t("tools")}
          className="floating flex items-center rounded-lg border border-border bg-raised p-0.5"
        >
          <ColourButtons value={note.colour} onChange={(colour) => colourNote(id, colour)} />
          <span aria-hidden className="mx-0.5 h-4 w-px bg-border" />
          <IconButton size="dense" icon={Pencil} label={t("edit")} shortcut="↵" onClick={() => setEditing(id)} />
          <IconButton size="dense" icon={Trash2} label={t("delete")} shortcut="Del" onClick={() => deleteNote(id)} />
        </div>
      </NodeToolbar>
      <article
        id={cardId(id)}
        // With the keyboard on it Enter writes, Delete removes, Alt and arrows move. While one writes, the field has it.
        tabIndex={isEditing ? -1 : 0}
        aria-label={t("name", { author: note.author, text: note.text })}
        data-testid="note"
        onFocus={() => (selected || isEditing ? undefined : select([id]))}
        className={cn(
          "w-44 rounded-md border px-3 py-2.5 outline-none",
          aidLooks[note.colour].note,
          selected && "shadow-[0_0_0_1px_var(--accent),0_0_0_4px_color-mix(in_srgb,var(--accent)_18%,transparent)]",
        )}
      >
        {isEditing ? <NoteField note={note} /> : <NoteText note={note} />}
        <NoteAuthor note={note} />
      </article>
    </>
  );
});

function NoteField({ note }: { note: GraphNote }) {
  const t = useTranslations("flowEditor.notes");
  const { writeNote, setEditing } = useEditorActions();
  const [text, setText] = useState(note.text);
  const field = useRef<HTMLTextAreaElement>(null);
  useFocusWhenDrawn(field);
  const finish = () => {
    writeNote(note.id, text);
    setEditing(null);
  };
  return (
    <textarea
      ref={field}
      aria-label={t("text")}
      placeholder={t("placeholder")}
      value={text}
      maxLength={graphLimits.noteCharacters}
      rows={Math.max(3, text.split("\n").length)}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        event.stopPropagation();
        const isDone = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
        if (!isDone) return;
        event.currentTarget.blur();
        document.getElementById(cardId(note.id))?.focus();
      }}
      className="nodrag nowheel field-sizing-content block w-full resize-none bg-transparent text-xs leading-[18px] outline-none placeholder:text-secondary"
    />
  );
}
