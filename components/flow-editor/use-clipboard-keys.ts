import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { toast } from "#components/ui/toaster.tsx";
import { graphLimits } from "#flow/graph.ts";
import type { EditorStore } from "./editor-state/editor-store.ts";
import { isElsewhere } from "./is-elsewhere.ts";

type Point = { x: number; y: number };

/** The system's copy and paste: works without asking for permission, between flows and browser tabs. */
export function useClipboardKeys(store: EditorStore) {
  const t = useTranslations("flowEditor.clipboard");
  const { screenToFlowPosition } = useReactFlow();
  useEffect(() => {
    // Pasted is where one points; without a pointer on the canvas, beside what was copied.
    let pointer: Point | null = null;
    const onMove = (event: PointerEvent) => {
      const isOver = event.target instanceof Element && event.target.closest(".react-flow__pane, .react-flow__node");
      pointer = isOver ? { x: event.clientX, y: event.clientY } : null;
    };
    const onCopy = (event: ClipboardEvent) => {
      const isText = (document.getSelection()?.toString() ?? "") !== "";
      const text = isElsewhere(event.target) || isText ? null : store.actions.copy();
      if (!text) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      toast.success(t("copied", { count: store.actions.countOfCopy() }));
      if (event.type === "cut") store.actions.deleteSelected();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isElsewhere(event.target) || !store.getState().canEdit) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const result = store.actions.paste(text, pointer && screenToFlowPosition(pointer));
      if (result === "none") return text.trim() ? void toast.error(t("notSteps")) : undefined;
      event.preventDefault();
      if (result === "too-many") return void toast.error(t("tooMany", { most: graphLimits.nodes }));
      toast.success(t("pasted", { count: store.actions.countOfCopy() }));
    };
    window.addEventListener("pointermove", onMove, { passive: true });
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("pointermove", onMove);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [store, t, screenToFlowPosition]);
}
