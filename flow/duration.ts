import { z } from "zod";
import { graphLimits } from "./graph.ts";

export const Duration = z
  .strictObject({ amount: z.number().int().min(1), unit: z.enum(["minutes", "hours", "days"]) })
  .refine((duration) => durationMs(duration) <= graphLimits.waitDays * 86_400_000, "A wait is at most 365 days");
export type Duration = { amount: number; unit: "minutes" | "hours" | "days" };

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** Length in milliseconds. A day is 24 hours: a wait of one day ends at the same distance, whatever the clocks do. */
export const durationMs = ({ amount, unit }: Duration): number => amount * unitMs[unit];

/** For a text on screen, where `nodes.duration` makes "24 h" or "3 jours" of it. */
export const durationValues = ({ amount, unit }: Duration): { amount: number; unit: string } => ({ amount, unit });
