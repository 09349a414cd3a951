import type { Purpose } from "../graph.ts";
import { addDays, localClock } from "../local-time.ts";

/** The day a message counts for: the person's own, "2026-11-22". It is the key of the counter. */
export const capDay = (now: number, zone: string): string => localClock(now, zone).day;

/** Fraud and transaction messages are always welcome: they neither use up the cap nor wait for it. */
export const isCapped = (purpose: Purpose): boolean => purpose === "service" || purpose === "marketing";

/** The cap that holds for a message: the workspace's, or the flow's own where that is lower. */
export const capFor = (workspacePerDay: number, flowPerDay: number | null | undefined): number =>
  Math.min(workspacePerDay, flowPerDay ?? workspacePerDay);

/** At most so many within so many local days, today among them. */
export type RollingCap = { days: number; most: number };

/** How much of a person's caps is used on a day, and on which day one more message fits; null: never. */
export type CapState = {
  used: number;
  /** Places of today that are kept for messages of a more urgent class, which wait for the same person. */
  kept?: number;
  perDay: number;
  rolling: (RollingCap & { used: number }) | null;
  freeOn: string | null;
};

/** The first day that still counts on `day`. */
export const firstDayOf = (rolling: RollingCap, day: string): string => addDays(day, 1 - rolling.days);

/** Counts a person's messages by their local days against the caps of a workspace. */
export function capState(
  usedByDay: Readonly<Record<string, number>>,
  { perDay, rolling }: { perDay: number; rolling: RollingCap | null },
  today: string,
  kept = 0,
): CapState {
  const used = (day: string) => usedByDay[day] ?? 0;
  const usedUntil = (cap: RollingCap, day: string) =>
    Array.from({ length: cap.days }, (_, back) => used(addDays(day, -back))).reduce((sum, each) => sum + each, 0);
  const room = (day: string, kept: number) =>
    used(day) + kept < perDay && (!rolling || usedUntil(rolling, day) + kept < rolling.most);
  // After so many days whatever was counted has left the window. Nearly everybody has room today.
  const later = () => Array.from({ length: (rolling?.days ?? 1) + 1 }, (_, ahead) => addDays(today, ahead + 1));
  return {
    used: used(today),
    perDay,
    rolling: rolling && { ...rolling, used: usedUntil(rolling, today) },
    ...(kept > 0 && { kept }),
    freeOn: room(today, kept) ? today : (later().find((day) => room(day, 0)) ?? null),
  };
}
