"use client";

import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import { useAddNote } from "./canvas/use-add-note.ts";
import { useTidyUp } from "./canvas/use-tidy-up.ts";
import { cardId } from "./card-id.ts";
import { useEditorStore } from "./editor-state/editor-context.tsx";
import type { EditorStore } from "./editor-state/editor-store.ts";
import { inspectorId } from "./inspector/inspector-id.ts";
import { isElsewhere } from "./is-elsewhere.ts";
import { paletteSearchId } from "./palette/palette-search-id.ts";
import { useClipboardKeys } from "./use-clipboard-keys.ts";
import { useShowStep } from "./use-show-step.ts";

/** What the keys set off beyond the editor's own actions. */
type Acts = {
  showStep: (id: string) => void;
  zoomToFit: () => void;
  tidyUp: () => void;
  addNote: () => void;
  groupName: string;
};

/** The keyboard of the editor. Keys typed into a field, a menu or a dialog belong to those. */
export function useEditorKeys() {
  const store = useEditorStore();
  const t = useTranslations("flowEditor.groups");
  const showStep = useShowStep();
  const zoomToFit = useFit();
  const tidyUp = useTidyUp();
  const addNote = useAddNote();
  const groupName = t("newName");
  useEffect(() => {
    const acts: Acts = { showStep, zoomToFit: () => zoomToFit(), tidyUp, addNote, groupName };
    const onKey = (event: KeyboardEvent) => {
      // A note or a name that was just begun has the keyboard in a moment: what is typed until then is no command.
      if (event.defaultPrevented || isElsewhere(event.target) || store.getState().editing) return;
      const act = event.ctrlKey || event.metaKey ? withControl(event, store, acts) : plain(event, store, acts);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [store, showStep, zoomToFit, tidyUp, addNote, groupName]);
  useClipboardKeys(store);
}

type Act = (() => void) | null;

function withControl(event: KeyboardEvent, { actions }: EditorStore, { groupName }: Acts): Act {
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? actions.redo : actions.undo;
  if (key === "y") return actions.redo;
  if (key === "d") return () => actions.duplicate();
  if (key === "a") return actions.selectAll;
  if (key === "g" && event.shiftKey) return () => actions.ungroup(actions.groupsOfSelection());
  if (key === "g") return () => actions.group(actions.selectedIds(), groupName);
  if (key === "f") return () => document.querySelector<HTMLElement>('[data-tool="find"]')?.click();
  return null;
}

const arrows: Record<string, "up" | "down" | "left" | "right"> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};
const nudges = { up: { x: 0, y: -20 }, down: { x: 0, y: 20 }, left: { x: -20, y: 0 }, right: { x: 20, y: 0 } };

function plain(event: KeyboardEvent, store: EditorStore, acts: Acts): Act {
  const { actions } = store;
  const chosen = actions.selectedIds();
  const note = store.getState().flowNotes.find((node) => node.selected)?.id;
  const arrow = arrows[event.key];
  const isOnControl = event.target instanceof Element && event.target.closest("button, a, [role=option]") !== null;
  if (arrow && event.altKey && chosen.length + (note ? 1 : 0) > 0)
    return () => actions.nudge(note ? [...chosen, note] : chosen, nudges[arrow]);
  if (arrow && chosen.length > 0 && !isOnControl) {
    return () => {
      const reached = actions.walk(arrow);
      if (reached) acts.showStep(reached);
    };
  }
  if (event.key === "/") return () => openStepMenu(store, chosen);
  if (event.key === "Delete" || event.key === "Backspace") return () => deleteAndStay(store);
  if (event.key === "Escape") return () => leave(store);
  if (event.key === "Enter" && note && chosen.length === 0 && !isOnControl) return () => actions.setEditing(note);
  if (event.key === "Enter" && chosen.length === 1 && !isOnControl) return () => openInspector(store);
  if (event.altKey || event.shiftKey) return null;
  if (event.key === "f") return acts.zoomToFit;
  if (event.key === "t") return acts.tidyUp;
  if (event.key === "n") return acts.addNote;
  if (event.key === "o") return () => actions.openDrawer(store.getState().drawer === "outline" ? "none" : "outline");
  return null;
}

/** Escape closes what was opened last: the step menu, a shown path, else the choice. */
function leave({ actions, getState }: EditorStore) {
  if (getState().quickAdd) return actions.closeQuickAdd();
  if (getState().path) return actions.hidePath();
  actions.select([]);
}

/** `/` on a step opens the step menu behind it; with nothing chosen it goes to the palette's search. */
function openStepMenu({ actions, getState }: EditorStore, chosen: readonly string[]) {
  const id = chosen.length === 1 ? chosen[0] : undefined;
  const card = id ? document.getElementById(cardId(id))?.getBoundingClientRect() : undefined;
  const from = actions.exitOfSelection();
  if (!id || !card || !from || !getState().canEdit) return document.getElementById(paletteSearchId)?.focus();
  actions.openQuickAdd({ at: { x: card.left + 24, y: card.bottom }, place: { from, position: null } });
}

/** The card with the keyboard's focus goes: the focus stays on the canvas, on the card that is now its tab stop. */
function deleteAndStay({ actions }: EditorStore) {
  actions.deleteSelected();
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="step"][tabindex="0"]')?.focus());
}

function openInspector({ actions }: EditorStore) {
  actions.setInspectorOpen(true);
  // The panel is drawn with the next frame when it was closed.
  requestAnimationFrame(() => {
    const first = document
      .getElementById(inspectorId)
      ?.querySelector<HTMLElement>("[data-fields] :is(button, input, textarea, [tabindex])");
    first?.focus();
  });
}
