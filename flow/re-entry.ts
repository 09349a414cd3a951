import type { FlowSettings } from "./graph.ts";

/**
 * Whether a person may enter (again) with this key. "After N days" counts from the last entry, and nobody is in a flow twice
 * with one key except under "every event". Milliseconds since 1970; `lastEnteredAt` is undefined for who was never inside.
 */
export function mayEnter(
  { reEntry }: FlowSettings,
  past: { isInside: boolean; lastEnteredAt: number | undefined; now: number },
): boolean {
  if (reEntry.mode === "every-event") return true;
  if (past.isInside) return false;
  if (past.lastEnteredAt === undefined || reEntry.mode === "after-exit") return true;
  return reEntry.mode === "after-days" && past.now - past.lastEnteredAt >= reEntry.days * 86_400_000;
}
