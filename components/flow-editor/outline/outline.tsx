"use client";

import { Plus, StickyNote, X } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useAddNote } from "../canvas/use-add-note.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { flowOrder } from "../editor-state/flow-order.ts";
import { OutlineNotes } from "./outline-notes.tsx";
import { OutlineRow } from "./outline-row.tsx";

/** The flow as a list, in the order people go through it: says the same as the canvas and can do the same, for the keyboard and for reading aloud. */
export function Outline() {
  const t = useTranslations("flowEditor.outline");
  const common = useTranslations("common");
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const canEdit = useEditor((state) => state.canEdit && state.run === null);
  const { openDrawer } = useEditorActions();
  const rows = flowOrder(graph, catalog);
  return (
    <section aria-label={t("title")} className="flex w-76 shrink-0 flex-col border-border border-r bg-surface">
      <header className="flex items-center justify-between border-border border-b py-1.5 pr-2 pl-4">
        <h2 className="font-semibold text-sm">{t("title")}</h2>
        <IconButton size="dense" icon={X} label={common("close")} onClick={() => openDrawer("none")} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {rows.length === 0 ? <p className="p-2 text-secondary text-sm">{t("empty")}</p> : null}
        <ol aria-label={t("steps")}>
          {rows.map((row) => (
            <OutlineRow key={row.node.id} row={row} />
          ))}
        </ol>
        <OutlineNotes />
      </div>
      {canEdit ? <Foot /> : null}
    </section>
  );
}

function Foot() {
  const t = useTranslations("flowEditor.outline");
  const tools = useTranslations("flowEditor.tools");
  const button = useRef<HTMLButtonElement>(null);
  const { openQuickAdd, exitOfSelection } = useEditorActions();
  const addNote = useAddNote();
  const addStep = () => {
    const box = button.current?.getBoundingClientRect();
    openQuickAdd({ at: { x: box?.left ?? 0, y: box?.top ?? 0 }, place: { from: exitOfSelection(), position: null } });
  };
  return (
    <div className="flex flex-wrap gap-2 border-border border-t p-2">
      <Button ref={button} size="dense" className="flex-1" onClick={addStep}>
        <Plus aria-hidden />
        {t("addStep")}
      </Button>
      <Button size="dense" className="flex-1" onClick={addNote}>
        <StickyNote aria-hidden />
        {tools("note")}
      </Button>
    </div>
  );
}
