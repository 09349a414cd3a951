"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { useBringIntoSight } from "../use-show-step.ts";

/** The notes of the canvas, to be read and changed without it. */
export function OutlineNotes() {
  const t = useTranslations("flowEditor.notes");
  const notes = useEditor((state) => state.graph.notes);
  const canEdit = useEditor((state) => state.canEdit && state.run === null);
  const { select, setEditing, deleteNote } = useEditorActions();
  const bringIntoSight = useBringIntoSight();
  if (!notes) return null;
  const show = (id: string) => {
    select([id]);
    bringIntoSight(id);
  };
  return (
    <section aria-label={t("title")} className="mt-3 border-border border-t pt-2">
      <h3 className="px-2 pb-1 font-medium text-secondary text-sm">{t("title")}</h3>
      <ul>
        {notes.map((note) => (
          <li key={note.id} className="flex items-start gap-1 rounded-md hover:bg-hover">
            <button
              type="button"
              onClick={() => show(note.id)}
              className="min-w-0 flex-1 rounded-md px-2 py-1.5 text-left focus-visible:-outline-offset-2"
            >
              <span className="line-clamp-3 whitespace-pre-wrap text-sm">{note.text}</span>
              <span className="block truncate text-secondary text-xs">{note.author}</span>
            </button>
            {canEdit ? (
              <>
                <IconButton
                  size="dense"
                  icon={Pencil}
                  label={t("edit")}
                  onClick={() => {
                    show(note.id);
                    setEditing(note.id);
                  }}
                />
                <IconButton size="dense" icon={Trash2} label={t("delete")} onClick={() => deleteNote(note.id)} />
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
