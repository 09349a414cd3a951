import { quantile } from "../../measure/statistics.ts";
import type { Facts } from "../ledger/facts.ts";
import type { Phase } from "../load/made-event.ts";

/** 95 of 100 messages were at the provider so many milliseconds after their event was sent; null: there were none. */
export type Latency = Record<Phase, number | null>;

/** From the sender's first try to the provider's record, of events whose flow does not wait before its message. */
export function figuresOf(facts: Facts, faultEndedAt: number): { latency: Latency; recoverySeconds: number | null } {
  const arrivals = new Map<string, number>();
  for (const { eventRef, template, at } of facts.provider) {
    const key = `${template} ${eventRef}`;
    if (eventRef !== null && !arrivals.has(key)) arrivals.set(key, at);
  }
  const templates = new Map(facts.flows.map(({ event, firstTemplate }) => [event, firstTemplate]));
  const waits: Record<Phase, number[]> = { before: [], during: [], after: [] };
  let last: number | null = null;
  for (const { ref, name, properties, sentAt, phase } of facts.events) {
    const at = arrivals.get(`${templates.get(name)} ${ref}`);
    if (at === undefined || sentAt === null || properties.waits) continue;
    waits[phase].push(at - sentAt);
    if (phase !== "after") last = Math.max(last ?? 0, at);
  }
  return {
    latency: { before: slowest(waits.before), during: slowest(waits.during), after: slowest(waits.after) },
    recoverySeconds: last === null ? null : Math.max(0, Math.round((last - faultEndedAt) / 100) / 10),
  };
}

const slowest = (values: readonly number[]): number | null => (values.length === 0 ? null : quantile(values, 0.95));
