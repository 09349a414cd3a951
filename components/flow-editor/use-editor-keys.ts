"use client";

import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import { toast } from "#components/ui/toaster.tsx";
import { cardId } from "./card-id.ts";
import { useEditorStore } from "./editor-state/editor-context.tsx";
import type { EditorStore } from "./editor-state/editor-store.ts";
import { inspectorId } from "./inspector/inspector-id.ts";
import { paletteSearchId } from "./palette/palette-search-id.ts";
import { useShowStep } from "./use-show-step.ts";

/** The keyboard of the editor. Keys typed into a field, a menu or a dialog belong to those. */
export function useEditorKeys() {
  const store = useEditorStore();
  const showStep = useShowStep();
  const zoomToFit = useFit();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      const act =
        event.ctrlKey || event.metaKey ? withControl(event, store) : plain(event, store, showStep, () => zoomToFit());
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [store, showStep, zoomToFit]);
  useClipboardKeys(store);
}

type Act = (() => void) | null;

function withControl(event: KeyboardEvent, { actions }: EditorStore): Act {
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? actions.redo : actions.undo;
  if (key === "y") return actions.redo;
  if (key === "d") return () => actions.duplicate();
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

function plain(event: KeyboardEvent, store: EditorStore, showStep: (id: string) => void, zoomToFit: () => void): Act {
  const { actions } = store;
  const chosen = actions.selectedIds();
  const arrow = arrows[event.key];
  const isOnControl = event.target instanceof Element && event.target.closest("button, a, [role=option]") !== null;
  if (arrow && chosen.length > 0 && !isOnControl) {
    return () => {
      if (event.altKey) return actions.nudge(chosen, nudges[arrow]);
      const reached = actions.walk(arrow);
      if (reached) showStep(reached);
    };
  }
  if (event.key === "/") return () => openStepMenu(store, chosen);
  if (event.key === "Delete" || event.key === "Backspace") return () => deleteAndStay(store);
  if (event.key === "Escape") return () => (store.getState().quickAdd ? actions.closeQuickAdd() : actions.select([]));
  if (event.key === "Enter" && chosen.length === 1 && !isOnControl) return () => openInspector(store);
  if (event.altKey || event.shiftKey) return null;
  if (event.key === "f") return zoomToFit;
  if (event.key === "t") return actions.tidyUp;
  if (event.key === "o") return () => actions.openDrawer(store.getState().drawer === "outline" ? "none" : "outline");
  return null;
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

/** The system's copy and paste: works without asking for permission, between flows and browser tabs. */
function useClipboardKeys(store: EditorStore) {
  const t = useTranslations("flowEditor.clipboard");
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const isText = (document.getSelection()?.toString() ?? "") !== "";
      const text = isElsewhere(event.target) || isText ? null : store.actions.copy();
      if (!text) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      toast.success(t("copied", { count: store.actions.selectedIds().length }));
      if (event.type === "cut") store.actions.deleteSelected();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isElsewhere(event.target)) return;
      if (store.actions.paste(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [store, t]);
}

const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox], [role=alertdialog]") !== null);
