"use client";

import { useReactFlow, useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useFit } from "./use-fit.ts";

export function ZoomControls() {
  const t = useTranslations("flowEditor.zoom");
  const format = useFormatter();
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  // In whole percent, as it is written: panning changes nothing here.
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  const zoomToFit = useFit();
  return (
    <div
      role="toolbar"
      aria-label={t("label")}
      className="floating flex w-38 items-center justify-between rounded-lg border border-border bg-raised p-0.5"
    >
      <IconButton size="dense" side="top" icon={Minus} label={t("out")} onClick={() => zoomOut({ duration: 120 })} />
      <button
        type="button"
        title={t("reset")}
        onClick={() => zoomTo(1, { duration: 120 })}
        className="tabular h-6 rounded-sm px-1 text-sm hover:bg-hover"
      >
        {format.number(percent / 100, { style: "percent" })}
      </button>
      <IconButton size="dense" side="top" icon={Plus} label={t("in")} onClick={() => zoomIn({ duration: 120 })} />
      <IconButton size="dense" side="top" icon={Maximize} label={t("fit")} shortcut="F" onClick={() => zoomToFit()} />
    </div>
  );
}
