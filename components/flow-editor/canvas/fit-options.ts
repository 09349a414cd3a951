import type { FitViewOptions } from "@xyflow/react";

/**
 * "Zoom to fit": all steps in sight, never smaller than half and never larger than life. The left side keeps clear of the map,
 * the right side of the tools.
 */
export const fitOptions = {
  minZoom: 0.5,
  maxZoom: 1,
  padding: { top: "28px", bottom: "28px", left: "184px", right: "40px" },
  duration: 200,
} satisfies FitViewOptions;
