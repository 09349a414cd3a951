import type { Purpose } from "../graph.ts";
import { localClock } from "../local-time.ts";

/** The day a message counts for: the person's own, "2026-11-22". It is the key of the counter. */
export const capDay = (now: number, zone: string): string => localClock(now, zone).day;

/** Fraud and transaction messages are always welcome: they neither use up the cap nor wait for it. */
export const isCapped = (purpose: Purpose): boolean => purpose === "service" || purpose === "marketing";
