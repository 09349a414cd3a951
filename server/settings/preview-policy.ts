import type { SendPolicy } from "#flow/gate/policy.ts";
import { comparePolicies, type Touch } from "#flow/gate/replay-policy.ts";
import type { Actor } from "../trpc.ts";
import { mostPastSends, type NamedSend, readPastSends, readPastWorld, weekMs } from "./read-past-sends.ts";
import { findPolicy } from "./read-policy.ts";

const samplePeople = 5;

/** What a changed policy would have done last week, before it is saved. */
export type PolicyPreview = {
  since: Date;
  /** Messages that were judged; `isCut`: there were more, and these are the newest. */
  judged: number;
  isCut: boolean;
  /** Different people among the touched. */
  people: number;
  counts: { change: Touch["change"]; reason: string | null; messages: number; people: number }[];
  sample: { contactId: string; name: string | null; at: Date; change: Touch["change"]; reason: string | null }[];
};

/** Lets the gate judge last week's messages by the policy in force and by the proposed one, and tells where the two differ. */
export async function previewPolicy(actor: Actor, proposed: SendPolicy): Promise<PolicyPreview> {
  const { policy: inForce, timezone } = await findPolicy(actor.db, actor.session.workspaceId);
  const found = await readPastSends(actor, { timezone });
  const sends = found.slice(0, mostPastSends);
  const currency = proposed.budget?.currency ?? inForce.budget?.currency ?? null;
  const world = await readPastWorld(actor, { sends, timezone, currency });
  const touched = comparePolicies(sends, { inForce, proposed }, world);
  return {
    since: new Date(actor.clock.now().getTime() - weekMs),
    judged: sends.length,
    isCut: found.length > mostPastSends,
    people: peopleOf(touched),
    counts: countsOf(touched),
    sample: sampleOf(touched, sends),
  };
}

const peopleOf = (touched: readonly Touch[]): number => new Set(touched.map(({ contactId }) => contactId)).size;

function countsOf(touched: readonly Touch[]): PolicyPreview["counts"] {
  const groups = Map.groupBy(touched, ({ change, reason }) => `${change} ${reason}`);
  return [...groups.values()]
    .flatMap((group) =>
      group.slice(0, 1).map(({ change, reason }) => ({
        change,
        reason,
        messages: group.length,
        people: peopleOf(group),
      })),
    )
    .sort((a, b) => b.messages - a.messages);
}

/** The newest message of a few people. */
function sampleOf(touched: readonly Touch[], sends: readonly NamedSend[]): PolicyPreview["sample"] {
  const byId = new Map(sends.map((send) => [send.messageId, send]));
  const newest = new Map<string, Touch>();
  for (const touch of touched) if (!newest.has(touch.contactId)) newest.set(touch.contactId, touch);
  return [...newest.values()].slice(0, samplePeople).flatMap(({ messageId, contactId, change, reason }) => {
    const send = byId.get(messageId);
    return send ? [{ contactId, name: send.name, at: new Date(send.at), change, reason }] : [];
  });
}
