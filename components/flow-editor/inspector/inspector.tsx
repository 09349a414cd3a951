"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { cardId } from "../card-id.ts";
import { useEditor, useEditorStore } from "../editor-state/editor-context.tsx";
import { FlowSettingsForm } from "./flow-settings-form.tsx";
import { inspectorId } from "./inspector-id.ts";
import { StepForm } from "./step-form.tsx";

/** The panel at the right: the chosen step's settings; with nothing chosen, the flow's. */
export function Inspector() {
  const t = useTranslations("flowEditor.inspector");
  const chosen = useEditor((state) => {
    const ids = state.flowNodes.filter((node) => node.selected);
    return ids.length === 1 ? ids[0]?.id : ids.length > 1 ? "several" : undefined;
  });
  const step = useEditor((state) => state.graph.nodes.find((node) => node.id === chosen));
  const panel = useRef<HTMLElement>(null);
  useFieldFocus(panel);
  return (
    <aside
      ref={panel}
      id={inspectorId}
      aria-label={t("label")}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !step || event.defaultPrevented) return;
        // Back to the card, which stays chosen: the canvas must not take the same press as its own.
        event.preventDefault();
        document.getElementById(cardId(step.id))?.focus();
      }}
      className="flex w-76 shrink-0 flex-col overflow-hidden border-border border-l bg-surface"
    >
      {step ? <StepForm key={step.id} step={step} /> : chosen === "several" ? <SeveralChosen /> : <FlowSettingsForm />}
    </aside>
  );
}

function SeveralChosen() {
  const t = useTranslations("flowEditor.inspector");
  const count = useEditor((state) => state.flowNodes.filter((node) => node.selected).length);
  return (
    <div className="p-4">
      <h2 className="text-h2">{t("several", { count })}</h2>
      <p className="mt-1 text-secondary text-sm">{t("severalHint")}</p>
    </div>
  );
}

/** A clicked problem points at a field: bring it into sight and give it the keyboard. */
function useFieldFocus(panel: React.RefObject<HTMLElement | null>) {
  const store = useEditorStore();
  const count = useEditor((state) => state.focusField?.count ?? 0);
  useEffect(() => {
    const wanted = count > 0 ? store.getState().focusField?.field.split(".")[0] : undefined;
    const field = wanted ? panel.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(wanted)}"]`) : null;
    field?.scrollIntoView({ block: "center" });
    field?.querySelector<HTMLElement>("button, input, textarea")?.focus({ preventScroll: true });
  }, [count, store, panel]);
}
