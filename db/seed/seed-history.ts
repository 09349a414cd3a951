import { eq } from "drizzle-orm";
import { z } from "zod";
import { assignment, enrollment, event, eventKey, experiment, handOff, message, trace } from "#db/schema/index.ts";
import { consentFor } from "#flow/gate/consent.ts";
import { matchTrigger } from "#flow/match-trigger.ts";
import type { FlowEvent } from "#flow/signal.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { eventFor } from "#server/demo/event-for.ts";
import { fixedId, fixedRandom } from "./fixed-id.ts";
import { type History, languageFor } from "./history.ts";
import { insertAll } from "./insert-all.ts";
import { heardRows, sentRows } from "./message-rows.ts";
import { playLife } from "./play-life.ts";
import type { Seed } from "./seed.ts";
import type { SeededContact } from "./seed-contacts.ts";
import type { RunningFlow } from "./seed-flows.ts";

const dayMs = 86_400_000;
const historyDays = 28;
/** How many of the crowd each active flow has met. */
const livesPerFlow = 70;

/** The last 28 days: people who entered the active flows, what they got and did. Ends at `seed.now`; some still wait there. */
export async function seedHistory(
  seed: Seed,
  { people, flows, templates }: { people: SeededContact[]; flows: RunningFlow[]; templates: readonly TemplateInfo[] },
) {
  const histories = flows.flatMap((running, index) =>
    people
      .slice(index * livesPerFlow, (index + 1) * livesPerFlow)
      .flatMap((person) => livedBy(seed, { running, person, templates })),
  );
  await insertAll(seed.tx, event, histories.flatMap(eventRows));
  await insertAll(
    seed.tx,
    eventKey,
    histories
      .flatMap(eventRows)
      .map(({ workspaceId, messageId, id, receivedAt }) => ({ workspaceId, messageId, eventId: id, receivedAt })),
  );
  await writeHistories(seed, histories, templates);
  await insertAll(seed.tx, message, histories.flatMap(heardRows));
}

/** Ways through flows, with what was sent on them and who had to help; what people said is not among it. */
export async function writeHistories(seed: Seed, histories: History[], templates: readonly TemplateInfo[]) {
  await insertAll(seed.tx, enrollment, histories.map(enrollmentRow));
  await insertAll(seed.tx, trace, histories.flatMap(traceRows));
  await insertAll(seed.tx, assignment, await assignmentRows(seed, histories));
  await insertAll(
    seed.tx,
    message,
    histories.flatMap((history) => sentRows(history, templates)),
  );
  await insertAll(seed.tx, handOff, histories.flatMap(handOffRows));
}

function livedBy(
  seed: Seed,
  { running, person, templates }: { running: RunningFlow; person: SeededContact; templates: readonly TemplateInfo[] },
): History[] {
  const name = `${running.flowId}:${person.id}`;
  const random = fixedRandom(name);
  const until = seed.now.getTime();
  // Squared, so that more happened lately; never in the last minutes, which belong to who looks at it.
  const at = Math.floor(until - 20 * 60_000 - random() ** 2 * historyDays * dayMs);
  const opening: FlowEvent = {
    id: fixedId(`event:${name}`, at),
    name: running.event.name,
    properties: eventFor(running.event.properties, aboutOf(person, templates)),
    at,
  };
  const contact = factsOf(person);
  const match = matchTrigger(running.compiled, opening, contact);
  if ("refused" in match) return [];
  const life = playLife({
    running,
    contact,
    event: opening,
    key: match.key,
    timezone: person.timezone,
    until,
    random,
    mayReceive: (purpose) => person.consents?.[consentFor(purpose)]?.state === "granted" && !person.suppressedAt,
    quickReplies: (template) => repliesOf(templates, template, person.locale),
  });
  return [{ seed, running, person, enrollmentId: fixedId(`enrollment:${name}`, at), life }];
}

const Attributes = z.object({ currency: z.string(), creditScore: z.number() });

/** Whom no message speaks to in their own language is told of in English, as the message will be. */
function aboutOf({ locale, externalId, attributes }: SeededContact, templates: readonly TemplateInfo[]) {
  const isSpoken = templates.some(({ languages }) =>
    languages.some(({ language }) => language.slice(0, 2) === locale.slice(0, 2)),
  );
  return {
    ...Attributes.parse(attributes),
    locale: isSpoken ? locale : "en",
    number: Number(externalId?.replace(/\D/g, "")) - 20_000,
  };
}

const factsOf = (person: SeededContact) => ({
  id: person.id,
  firstName: person.firstName,
  locale: person.locale,
  timezone: person.timezone,
  attributes: person.attributes ?? {},
  tags: person.tags ?? [],
});

const repliesOf = (templates: readonly TemplateInfo[], name: string, locale: string) =>
  (languageFor(templates, name, locale)?.buttons ?? []).flatMap((button) =>
    button.kind === "quick-reply" ? [{ id: button.id, text: button.text }] : [],
  );

function eventRows({ seed, person, life }: History): (typeof event.$inferInsert)[] {
  const { workspaceId, shard, id: contactId } = person;
  return [life.enrollment.event, ...(life.goalEvent ? [life.goalEvent] : [])]
    .map((fact) => ({
      // The enrollment names the event that opened it.
      id: fact === life.enrollment.event ? fact.id : fixedId(`event-row:${fact.id}`, fact.at),
      receivedAt: new Date(fact.at),
      workspaceId,
      shard,
      contactId,
      messageId: `demo-history-${fact.id}`,
      type: "track",
      name: fact.name,
      properties: fact.properties,
      occurredAt: new Date(fact.at),
    }))
    .filter((row) => row.receivedAt <= seed.now);
}

function enrollmentRow({ running, person, enrollmentId, life }: History): typeof enrollment.$inferInsert {
  const { enrollment: state } = life;
  const last = life.trace.at(-1)?.at ?? state.enteredAt;
  return {
    id: enrollmentId,
    workspaceId: person.workspaceId,
    shard: person.shard,
    flowId: running.flowId,
    versionId: running.versionId,
    contactId: person.id,
    key: state.key ?? "",
    eventId: state.event.id,
    status: state.status,
    nodeId: state.nodeId,
    state,
    wakeAt: state.status === "waiting" && state.wait?.wakeAt ? new Date(state.wait.wakeAt) : null,
    enteredAt: new Date(state.enteredAt),
    endedAt: state.status === "ended" ? new Date(last) : null,
    endReason: state.endReason,
    goalAt: state.goalAt === null ? null : new Date(state.goalAt),
    traceCount: life.trace.length + 1,
    language: person.locale.slice(0, 2),
  };
}

const traceRows = ({ running, person, enrollmentId, life }: History): (typeof trace.$inferInsert)[] =>
  life.trace.map((row, ordinal) => ({
    ...row,
    enrollmentId,
    ordinal: ordinal + 1,
    at: new Date(row.at),
    workspaceId: person.workspaceId,
    contactId: person.id,
    flowId: running.flowId,
    versionId: running.versionId,
  }));

/** A person is in one arm of an experiment, from the first time on. */
async function assignmentRows(seed: Seed, histories: History[]): Promise<(typeof assignment.$inferInsert)[]> {
  const known = await seed.tx.select().from(experiment).where(eq(experiment.workspaceId, seed.workspaceId));
  const rows = new Map<string, typeof assignment.$inferInsert>();
  for (const { running, person, enrollmentId, life } of histories) {
    for (const { experiment: key, arm, at } of life.assigned) {
      const found = known.find((one) => one.flowId === running.flowId && one.key === key);
      const place = `${found?.id} ${person.id}`;
      if (!found || rows.has(place)) continue;
      rows.set(place, {
        ...{ experimentId: found.id, contactId: person.id, workspaceId: seed.workspaceId, arm, at: new Date(at) },
        ...{ enrollmentId, versionId: running.versionId },
      });
    }
  }
  return [...rows.values()];
}

const handOffRows = ({ running, person, enrollmentId, life }: History): (typeof handOff.$inferInsert)[] =>
  life.handOffs.map(({ visit, queue, priority, note, at, resolvedAt }) => ({
    id: fixedId(`hand-off:${enrollmentId}:${visit}`, at),
    workspaceId: person.workspaceId,
    contactId: person.id,
    flowId: running.flowId,
    enrollmentId,
    visit,
    queue,
    priority,
    note,
    status: resolvedAt === null ? ("open" as const) : ("resolved" as const),
    createdAt: new Date(at),
    claimedAt: resolvedAt === null ? null : new Date(at + (resolvedAt - at) / 3),
    resolvedAt: resolvedAt === null ? null : new Date(resolvedAt),
    outcome: resolvedAt === null ? null : "resolved",
  }));
