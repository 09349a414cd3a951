import type { Candidate } from "./load-facts.ts";
import type { Settled } from "./settle.ts";

type Timed = Pick<Candidate, "workspaceId" | "lane" | "createdAt" | "notBefore" | "releasedAt" | "attempts">;

/** A message whose sending is over: sent, failed or unknown. */
export type SettledMessage = {
  workspaceId: string;
  lane: number;
  /** From when it was asked for, or from when it was allowed to leave, to the provider's answer. */
  waitedMs: number;
  isSent: boolean;
};

/** What a settlement adds to its lane's figures: nothing when the message is to be tried again. Pure. */
export function settledMessage({
  message,
  at,
  settlement,
}: Pick<Settled, "at" | "settlement"> & { message: Timed }): SettledMessage[] {
  if (settlement.kind === "retry" || settlement.kind === "returned") return [];
  const { workspaceId, lane, createdAt, notBefore, releasedAt, attempts } = message;
  // What waited for its hours did not wait for us; a retry did, and its own time says only when it was due again.
  const askedAt = attempts === 0 && notBefore > createdAt ? notBefore : createdAt;
  // Nor did what somebody held on purpose.
  const freeAt = Math.max(askedAt.getTime(), releasedAt?.getTime() ?? 0);
  return [{ workspaceId, lane, waitedMs: Math.max(0, at.getTime() - freeAt), isSent: settlement.kind === "sent" }];
}
