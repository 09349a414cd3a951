import { type LucideIcon, MessageSquare, ShieldAlert, Users, Zap } from "lucide-react";
import type { LaneName } from "#server/health/lanes.ts";

/** The icon and the colour of each lane, the same in table and chart. */
export const laneLook: Record<LaneName, { icon: LucideIcon; className: string }> = {
  fraud: { icon: ShieldAlert, className: "text-people" },
  transaction: { icon: Zap, className: "text-teal" },
  service: { icon: MessageSquare, className: "text-logic" },
  marketing: { icon: Users, className: "text-accent" },
};
