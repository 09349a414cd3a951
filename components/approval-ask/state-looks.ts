import { Check, CircleSlash, RotateCcw, Users, X } from "lucide-react";
import type { Tone } from "#components/ui/chip.tsx";
import type { Approval } from "./approval.ts";

/** The chip of a request's state; its word is `approvals.states.<state>`. */
export const stateLooks = {
  open: { tone: "accent", icon: Users },
  "changes-requested": { tone: "warning", icon: RotateCcw },
  approved: { tone: "success", icon: Check },
  rejected: { tone: "danger", icon: X },
  withdrawn: { tone: "neutral", icon: CircleSlash },
} as const satisfies Record<Approval["state"], { tone: Tone; icon: typeof Check }>;
