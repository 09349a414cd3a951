import type pg from "pg";
import { crashPoint } from "../crash-point.ts";
import { type Fence, noFence } from "../lease.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import { queueStatusSignals } from "../queue-status-signals.ts";
import type { ChannelBook } from "./channel-book.ts";
import { claimOutbox, type DueWorkspace } from "./claim-outbox.ts";
import { type CapRequest, consumeCap } from "./consume-cap.ts";
import { type Decision, decideMessage, losesCap } from "./decide-messages.ts";
import { type Candidate, loadCandidates, loadRules, loadTemplates } from "./load-facts.ts";
import { writeDecisions } from "./write-decisions.ts";

export type ToSend = Extract<Decision, { verdict: "send" }>;

/** `fence` is asked last before the claim's commit. */
type ClaimOptions = { channels: ChannelBook; publicUrl: string; now: Date; claim: string; fence?: Fence };

/**
 * Claims due messages and lets the gate decide on each, all in one transaction: consent, template and cap are those of this
 * moment, and whoever reads a message as "sending" may call the provider for it. Answers what is to be sent.
 */
export function claimMessages(
  pool: pg.Pool,
  due: readonly (DueWorkspace & { allowance: number })[],
  { channels, publicUrl, now, claim, fence = noFence }: ClaimOptions,
): Promise<{ claimed: number; toSend: ToSend[] }> {
  return inTransaction(pool, async (client) => {
    const allowances = new Map(due.map(({ workspaceId, allowance }) => [workspaceId, allowance]));
    const ids = await claimOutbox(client, allowances, now);
    if (ids.length === 0) return { claimed: 0, toSend: [] };
    const candidates = await loadCandidates(client, ids, now);
    const workspaceIds = [...new Set(candidates.map((each) => each.workspaceId))];
    const rules = await loadRules(client, workspaceIds);
    const templates = await loadTemplates(client, candidates);
    const knownCodes = await loadCodes(client, candidates);
    const channelIds = due.flatMap(({ channelId }) => (channelId ? [channelId] : []));
    const byWorkspace = new Map(
      [...(await channels.load(client, channelIds)).values()].map((channel) => [channel.workspaceId, channel]),
    );
    const world = { rules, templates, channels: byWorkspace, knownCodes, publicUrl, now: now.getTime() };
    const wished = candidates.map((candidate) => decideMessage(candidate, world));
    const capOf = (workspaceId: string) => rules.get(workspaceId)?.capPerDay ?? 0;
    const granted = await consumeCap(
      client,
      wished.flatMap((decision) => capRequests(decision, capOf)),
    );
    const decisions = wished.map((decision) =>
      capRequests(decision, capOf).length === 0 || granted.has(decision.candidate.messageId)
        ? decision
        : losesCap(decision, capOf(decision.candidate.workspaceId)),
    );
    await writeDecisions(client, decisions, { claim, now: now.getTime() });
    await queueStatusSignals(client, decisions.flatMap(blockedSignal));
    await fence(client);
    crashPoint("before-claim-commit");
    return { claimed: ids.length, toSend: decisions.filter((decision) => decision.verdict === "send") };
  });
}

/** What this decision has to pay: nothing when it is exempt, does not send, or has paid on an earlier attempt. */
function capRequests(decision: Decision, capOf: (workspaceId: string) => number): CapRequest[] {
  if (decision.verdict !== "send" || decision.capDay === null || decision.candidate.capDay !== null) return [];
  const { messageId, workspaceId, contactId } = decision.candidate;
  return [{ messageId, workspaceId, contactId, day: decision.capDay, capPerDay: capOf(workspaceId) }];
}

function blockedSignal(decision: Decision) {
  if (decision.verdict !== "skip") return [];
  return [{ ...decision.candidate, status: "blocked" as const, reason: decision.reason }];
}

const readCodes: Statement = {
  name: "dispatch-codes",
  text: "select message_id, slot, code from link where message_id = any($1::uuid[])",
};

/** Link codes of messages that were tried before: the person must not get two addresses for one thing. */
async function loadCodes(client: pg.ClientBase, candidates: readonly Candidate[]) {
  const codes = new Map<string, Record<string, string>>();
  const retried = candidates.filter((each) => each.attempts > 0).map((each) => each.messageId);
  if (retried.length === 0) return codes;
  const rows = await query<{ message_id: string; slot: string; code: string }>(client, readCodes, [retried]);
  for (const { message_id, slot, code } of rows) codes.set(message_id, { ...codes.get(message_id), [slot]: code });
  return codes;
}
