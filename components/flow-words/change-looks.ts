import { Minus, Pencil, Plus } from "lucide-react";

/** How a change is marked: icon, colour, and how its tile is drawn. Colour never stands alone. */
export const changeLooks = {
  added: { icon: Plus, tone: "success", tile: "bg-success-tint text-success" },
  removed: { icon: Minus, tone: "danger", tile: "bg-danger-tint text-danger" },
  changed: { icon: Pencil, tone: "warning", tile: "bg-warning-tint text-warning" },
} as const;
