import type pg from "pg";
import { crashPoint } from "../crash-point.ts";
import { type Fence, noFence } from "../lease.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import { queueStatusSignals } from "../queue-status-signals.ts";
import { admitMessages } from "./admit-messages.ts";
import type { ChannelBook } from "./channel-book.ts";
import { claimOutbox, type DueWorkspace } from "./claim-outbox.ts";
import { type Decision, decideMessage } from "./decide-messages.ts";
import { shareHoldLock } from "./hold-lock.ts";
import { type Candidate, loadCandidates, loadTemplates } from "./load-facts.ts";
import { loadRules } from "./load-rules.ts";
import { writeDecisions } from "./write-decisions.ts";

export type ToSend = Extract<Decision, { verdict: "send" }>;

type ClaimOptions = {
  channels: ChannelBook;
  publicUrl: string;
  now: Date;
  /** "{worker id}/{claim id}": whose it is until it is settled. */
  claim: string;
  /** Only these; all when not given. */
  lanes?: readonly number[];
  /** Asked last before the claim's commit. */
  fence?: Fence;
};

/**
 * Claims due messages and lets the gate decide on each, all in one transaction: consent, template and cap are those of this
 * moment, and whoever reads an outbox row as "sending" may call the provider for it. Answers what is to be sent. Who has committed a
 * hold can wait until each claim that may not have seen it is over (`awaitCalls`).
 */
export function claimMessages(
  pool: pg.Pool,
  due: readonly (DueWorkspace & { allowance: number })[],
  { channels, publicUrl, now, claim, lanes, fence = noFence }: ClaimOptions,
): Promise<{ claimed: number; toSend: ToSend[] }> {
  return inTransaction(pool, async (client) => {
    const allowances = new Map(due.map(({ workspaceId, allowance }) => [workspaceId, allowance]));
    await shareHoldLock(client, [...allowances.keys()]);
    const ids = await claimOutbox(client, allowances, { now, lanes });
    if (ids.length === 0) return { claimed: 0, toSend: [] };
    const candidates = await loadCandidates(client, ids, now);
    const workspaceIds = [...new Set(candidates.map((each) => each.workspaceId))];
    const rules = await loadRules(client, workspaceIds, now);
    const knownCodes = await loadCodes(client, candidates);
    const channelIds = due.flatMap(({ channelId }) => (channelId ? [channelId] : []));
    const templates = await loadTemplates(client, candidates, channelIds);
    const byWorkspace = new Map(
      [...(await channels.load(client, channelIds)).values()].map((channel) => [channel.workspaceId, channel]),
    );
    const world = { rules, templates, channels: byWorkspace, knownCodes, publicUrl, now: now.getTime() };
    const wished = candidates.map((candidate) => decideMessage(candidate, world));
    const admitted = await admitMessages(client, wished, world);
    const decisions = await writeDecisions(client, admitted, { claim, now: now.getTime() });
    await queueStatusSignals(client, decisions.flatMap(blockedSignal));
    await fence(client);
    crashPoint("before-claim-commit");
    return { claimed: ids.length, toSend: decisions.filter((decision) => decision.verdict === "send") };
  });
}

function blockedSignal(decision: Decision) {
  // Who asked for such messages to be dropped in silence has their people go on as if it had left.
  if (decision.verdict !== "skip" || decision.isSilent) return [];
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
