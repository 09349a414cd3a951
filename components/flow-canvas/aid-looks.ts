import type { AidColour } from "#flow/graph.ts";

/** How notes and frames look in each colour. */
export const aidLooks: Record<AidColour, { note: string; frame: string; title: string; swatch: string }> = {
  amber: {
    note: "border-warning-border bg-warning-tint",
    frame: "border-warning-border bg-warning-tint/50",
    title: "text-warning",
    swatch: "bg-warning",
  },
  blue: {
    note: "border-info-border bg-info-tint",
    frame: "border-info-border bg-info-tint/50",
    title: "text-info",
    swatch: "bg-info",
  },
  green: {
    note: "border-success-border bg-success-tint",
    frame: "border-success-border bg-success-tint/50",
    title: "text-success",
    swatch: "bg-success",
  },
  rose: {
    note: "border-danger-border bg-danger-tint",
    frame: "border-danger-border bg-danger-tint/50",
    title: "text-danger",
    swatch: "bg-danger",
  },
  grey: {
    note: "border-border-strong bg-sunken",
    frame: "border-border-strong bg-sunken/60",
    title: "text-secondary",
    swatch: "bg-secondary",
  },
};
