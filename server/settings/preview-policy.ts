import { setImmediate as pause } from "node:timers/promises";
import type { SendPolicy } from "#flow/gate/policy.ts";
import { compareSteps, type Touch } from "#flow/gate/replay-policy.ts";
import { canonicalHash } from "../canonical-json.ts";
import type { Actor } from "../trpc.ts";
import { readPastConsents } from "./read-past-consents.ts";
import { type NamedSend, readPastSends, readPastWorld, weekMs } from "./read-past-sends.ts";
import { findPolicy } from "./read-policy.ts";

const samplePeople = 5;

/** What a changed policy would have done last week, before it is saved. */
export type PolicyPreview = {
  since: Date;
  /** Messages that were judged, of so many of that week. */
  judged: number;
  total: number;
  /** The messages of one person in so many were judged; 1: all. */
  oneIn: number;
  /** Different people among the touched; contacts with one phone are one. */
  people: number;
  counts: { change: Touch["change"]; reason: string | null; messages: number; people: number }[];
  sample: { contactId: string; name: string | null; at: Date; change: Touch["change"]; reason: string | null }[];
};

/** Lets the gate judge last week's messages by the policy in force and by the proposed one, and tells where the two differ. */
export async function previewPolicy(actor: Actor, proposed: SendPolicy): Promise<PolicyPreview> {
  const { policy: inForce, timezone } = await findPolicy(actor.db, actor.session.workspaceId);
  const asksConsent = canonicalHash(consentPart(inForce)) !== canonicalHash(consentPart(proposed));
  const { sends: found, total, oneIn } = await readPastSends(actor, { timezone, asksConsent });
  const sends = asksConsent ? await readPastConsents(actor, found) : found;
  const currency = proposed.budget?.currency ?? inForce.budget?.currency ?? null;
  const world = await readPastWorld(actor, { sends, timezone, currency, oneIn });
  const touched = await inSlices(compareSteps(sends, { inForce, proposed }, world));
  return {
    since: new Date(actor.clock.now().getTime() - weekMs),
    judged: sends.length,
    total,
    oneIn,
    people: peopleOf(touched),
    counts: countsOf(touched),
    sample: sampleOf(touched, sends),
  };
}

const consentPart = ({ consentMonths, consentSince, consentRetired, consentExempt }: SendPolicy) => ({
  consentMonths,
  consentSince,
  consentRetired: consentRetired.toSorted(),
  consentExempt: consentExempt.toSorted(),
});

const sliceMs = 10;

/** Others of this process have their turn between two slices. */
async function inSlices<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (let start = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - start < sliceMs) continue;
    await pause();
    start = performance.now();
  }
}

const peopleOf = (touched: readonly Touch[]): number => new Set(touched.map(({ holderId }) => holderId)).size;

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
  for (const touch of touched) if (!newest.has(touch.holderId)) newest.set(touch.holderId, touch);
  return [...newest.values()].slice(0, samplePeople).flatMap(({ messageId, contactId, change, reason }) => {
    const send = byId.get(messageId);
    return send ? [{ contactId, name: send.name, at: new Date(send.at), change, reason }] : [];
  });
}
