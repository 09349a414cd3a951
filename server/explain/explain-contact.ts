import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { event } from "#db/schema/index.ts";
import { DomainError } from "../errors.ts";
import { maskPhone } from "../mask-phone.ts";
import type { Actor } from "../trpc.ts";
import type { Attempt, Explanation, FlowExplanation } from "./explanation.ts";
import { type FlowPast, versionAt } from "./flow-at.ts";
import { judgeEvent } from "./judge-event.ts";
import { type Period, readPeriod, Span } from "./period.ts";
import { readCappedBy } from "./read-capped-by.ts";
import { type PastEnrollment, readPast } from "./read-enrollments.ts";
import { readFlows, readVersions, writingSteps } from "./read-flows.ts";
import { messageLimits, readOthers } from "./read-messages.ts";
import { type OpeningRow, readOpenings } from "./read-openings.ts";
import { type Person, readFates, readPerson, readWrites } from "./read-person.ts";
import { readStanding } from "./read-standing.ts";
import { type Known, tellEntered, tellMessage } from "./tell-entered.ts";

/** What one answer holds; beyond it says that there is more. */
const limits = { events: 100, enrollments: 50 } as const;

export const ExplainContact = z.strictObject({
  contactId: z.uuid(),
  flowId: z.uuid().optional(),
  /** Only what led to this message, whenever that was. */
  messageId: z.uuid().optional(),
  ...Span,
});

/**
 * Why this person got, or did not get, what our flows send: for each flow of the workspace the person's events that it listens to in the
 * period, each with whether it let them in, by which rules and values, the path, and each message with every check of the send gate. Reads one
 * person's rows by index. Throws not-found for another workspace's person, flow or message.
 */
export async function explainContact(
  actor: Actor,
  { contactId, flowId, messageId, ...span }: z.input<typeof ExplainContact>,
): Promise<Explanation> {
  const person = await readPerson(actor, contactId);
  const pasts = await readFlows(actor, flowId);
  if (flowId && pasts.length === 0) throw new DomainError("not-found", "This flow does not exist in your workspace.");
  const past = await readPast(actor, contactId);
  const period = await readPeriod(actor, { contactId, messageId, ...span });
  const limit = limits.events + 1;
  const events = period.only === null ? await readOpenings(actor, { contactId, pasts, period, limit }) : [];
  const mine = past.filter((row) => pasts.some((flow) => flow.id === row.flowId));
  const chosen = mine.filter((row) => isWithin(row, period) || events.some((one) => one.id === row.eventId));
  const shown = chosen.slice(0, limits.enrollments);
  const drawn = await readVersions(actor, versionsOf(pasts, { events, past }));
  const [history, fateOf, others, today] = await Promise.all([
    readWrites(actor, { person, past, steps: writingSteps(drawn) }),
    readFates(actor, person),
    flowId || period.only !== null ? [] : readOthers(actor, contactId, period),
    readStanding(actor, person),
  ]);
  const otherRows = [...others.slice(0, messageLimits.others), ...period.loose];
  const known: Known = { person, drawn, pasts, profile: { today: person.today, ...history } };
  const cappedBy = await readCappedBy(actor, person, otherRows);
  const entered = await tellEntered(actor, shown, known);
  const refused = events
    .slice(0, limits.events)
    .flatMap((one) => pasts.flatMap((flow) => tellRefused(one, { flow, past, known, fateOf })));
  return {
    contact: whoIs(person),
    today,
    from: period.from,
    to: period.to,
    flows: byFlow(pasts, [...entered, ...refused], period),
    otherMessages: otherRows.map((row) => tellMessage(row, { step: null, ...cappedBy(row) })),
    hasMoreOtherMessages: others.length > messageLimits.others,
    lastEvent: await readLastEvent(actor, contactId),
    hasMore: chosen.length > limits.enrollments || events.length > limits.events,
  };
}

const whoIs = ({ id, externalId, firstName, lastName, phone, zone }: Person): Explanation["contact"] => ({
  id,
  externalId,
  firstName,
  lastName,
  phone: maskPhone(phone),
  timezone: zone,
});

/** Inside at some time of the period, or the one that was asked for. */
const isWithin = ({ id, enteredAt, endedAt }: PastEnrollment, { from, to, only }: Period): boolean =>
  only === null ? enteredAt < to && (endedAt === null || endedAt >= from) : id === only;

async function readLastEvent({ db }: Actor, contactId: string) {
  const [row] = await db
    .select({ name: event.name, at: event.receivedAt })
    .from(event)
    .where(eq(event.contactId, contactId))
    .orderBy(desc(event.receivedAt))
    .limit(1);
  return row ?? null;
}

/** Every version that somebody is on or that judged one of the events. */
function versionsOf(
  pasts: readonly FlowPast[],
  { events, past }: { events: readonly OpeningRow[]; past: readonly PastEnrollment[] },
): string[] {
  const judging = pasts.flatMap((flow) => events.map((one) => judgingVersion(flow, one)?.id));
  return [...new Set([...past.map((row) => row.versionId), ...judging].filter((id) => id !== undefined))];
}

/** The version that judged the event; before the first publish the first one, which would have. */
function judgingVersion(flow: FlowPast, { name, receivedAt }: OpeningRow) {
  const version = versionAt(flow, receivedAt.getTime()) ?? flow.versions[0];
  return version?.triggerEvent === name ? version : null;
}

type Context = {
  flow: FlowPast;
  past: readonly PastEnrollment[];
  known: Known;
  fateOf: Awaited<ReturnType<typeof readFates>>;
};

function tellRefused(one: OpeningRow, { flow, past, known, fateOf }: Context): (Attempt & { flowId: string })[] {
  const version = judgingVersion(flow, one);
  const mine = past.filter((row) => row.flowId === flow.id);
  if (!version || mine.some((row) => row.eventId === one.id)) return [];
  const at = one.receivedAt;
  const judged = judgeEvent({
    past: flow,
    flow: known.drawn.get(version.id)?.flow ?? null,
    event: { id: one.id, name: one.name, properties: one.properties, at: one.occurredAt.getTime() },
    at: at.getTime(),
    profile: known.profile,
    entries: mine.map((row) => ({
      key: row.key,
      eventId: row.eventId,
      enteredAt: row.enteredAt.getTime(),
      endedAt: row.endedAt?.getTime() ?? null,
    })),
    fate: fateOf(one.id, flow.id),
  });
  const inForce = versionAt(flow, at.getTime()) && { id: version.id, number: version.number };
  const told = { at, event: { id: one.id, name: one.name }, version: inForce };
  return [{ flowId: flow.id, verdict: "did-not-enter", ...told, ...judged, enrollment: null }];
}

/** Flows with something to tell first, by their newest attempt; of the others those that could have heard of one. */
function byFlow(
  pasts: readonly FlowPast[],
  attempts: readonly (Attempt & { flowId: string })[],
  period: Period,
): FlowExplanation[] {
  const told = Map.groupBy(attempts, (attempt) => attempt.flowId);
  const rows = pasts.flatMap((flow): FlowExplanation[] => {
    const mine = (told.get(flow.id) ?? []).sort((left, right) => right.at.getTime() - left.at.getTime());
    const ran = flow.versions.some((version) => version.publishedAt < period.to.getTime());
    if (mine.length === 0 && (!ran || period.only !== null)) return [];
    const { id, name, status } = flow;
    return [{ id, name, status, verdict: verdictOf(mine), attempts: mine.map(({ flowId, ...rest }) => rest) }];
  });
  const newest = (flow: FlowExplanation) => flow.attempts[0]?.at.getTime() ?? 0;
  return rows.sort((left, right) => newest(right) - newest(left) || left.name.localeCompare(right.name));
}

/** A later event that let nobody in takes nothing from who was inside. */
function verdictOf(attempts: readonly Attempt[]): FlowExplanation["verdict"] {
  if (attempts.length === 0) return "no-event";
  return attempts.some((attempt) => attempt.verdict === "entered") ? "entered" : "did-not-enter";
}
