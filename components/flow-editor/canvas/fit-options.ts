import type { FitViewOptions } from "@xyflow/react";

/** From this width on there is room for the map in the corner of the canvas. */
const mapFromWidth = 1200;

/**
 * "Zoom to fit": all steps in sight, never smaller than half and never larger than life. Where the map is shown the left side
 * keeps clear of it.
 */
export function fitOptions({ hasMap = true } = {}): FitViewOptions {
  const isWide = typeof window === "undefined" || window.innerWidth >= mapFromWidth;
  const left = hasMap && isWide ? "184px" : "28px";
  return { minZoom: 0.5, maxZoom: 1, padding: { top: "28px", bottom: "28px", left, right: "28px" }, duration: 200 };
}
