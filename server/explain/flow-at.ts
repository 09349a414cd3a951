import type { flowStatuses } from "#db/schema/index.ts";

export type FlowStatus = (typeof flowStatuses)[number];

/** A change of a flow's status as the audit keeps it. `from` is null where the act does not say it. */
export type StatusChange = { at: number; from: FlowStatus | null; to: FlowStatus };

/** What is known of a flow without its graphs. Changes and versions oldest first. */
export type FlowPast = {
  id: string;
  name: string;
  status: FlowStatus;
  changes: readonly StatusChange[];
  versions: readonly { id: string; number: number; triggerEvent: string; publishedAt: number }[];
};

/** The version that people entered at a moment; null before the first was published. */
export const versionAt = ({ versions }: FlowPast, at: number) =>
  versions.findLast((version) => version.publishedAt <= at) ?? null;

/** The flow's status at a moment and since when; `since` is null where that was before anything that is kept. */
export function statusAt(past: FlowPast, at: number): { status: FlowStatus; since: number | null } {
  const last = past.changes.findLast((change) => change.at <= at);
  if (last) return { status: last.to, since: last.at };
  const next = past.changes[0];
  if (!next) return { status: past.status, since: null };
  // A publish does not say from where: what ran already ran on, and what had no version was a draft.
  return { status: next.from ?? (versionAt(past, at) ? "active" : "draft"), since: null };
}
