"use client";

import { useReactFlow } from "@xyflow/react";
import { Waypoints, X } from "lucide-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";

/** While a way through the flow is shown: says so, brings it into sight, and lets one leave. */
export function PathBar() {
  const t = useTranslations("flowEditor.path");
  const path = useEditor((state) => state.path);
  const { hidePath } = useEditorActions();
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (!path || path.nodes.size === 0) return;
    const nodes = [...path.nodes].map((id) => ({ id }));
    void fitView({ nodes, minZoom: 0.4, maxZoom: 1, padding: "64px", duration: 200 });
  }, [path, fitView]);
  if (!path) return null;
  return (
    <div
      role="status"
      data-testid="shown-path"
      className="floating flex animate-rise-in items-center gap-2 rounded-lg border border-accent-border bg-raised py-1 pr-1 pl-3 text-sm"
    >
      <Waypoints aria-hidden className="size-4 text-accent" />
      {t("title", { count: path.nodes.size })}
      <IconButton size="dense" icon={X} label={t("close")} shortcut="Esc" onClick={hidePath} />
    </div>
  );
}
