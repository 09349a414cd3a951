import type { contact, event, link, message } from "#db/schema/index.ts";
import { countryOfPhone } from "#server/country-of-phone.ts";
import type { Life } from "#server/demo/world/life.ts";
import { shardOf } from "#server/id.ts";
import { fixedId } from "../fixed-id.ts";
import type { History } from "../history.ts";
import type { Seed } from "../seed.ts";
import type { PersonPlay } from "./bank-in-memory.ts";

const dayMs = 86_400_000;

type Person = History["person"];

/** Who they are to the bank; what they said changes it afterwards (`afterPlay`). */
export function personRow({ workspaceId }: Seed, { person, acts, span }: Life): Person {
  const { id: externalId, firstName, lastName, phone, market, creditScore, isNewcomer } = person;
  const knownAt = acts[0]?.at ?? span.startsAt;
  // Customers of before became so over the last two years.
  const since = new Date(isNewcomer ? knownAt : span.startsAt - (30 + ((person.index * 37) % 700)) * dayMs);
  const granted = { state: "granted" as const, at: since.toISOString(), source: "identify" };
  const id = fixedId(`world:${workspaceId}:${externalId}`, since.getTime());
  return {
    ...{ id, workspaceId, shard: shardOf(workspaceId, id), externalId: `LA-${externalId.slice(2)}` },
    ...{ firstName, lastName, phone, locale: market.locale, timezone: market.zone },
    attributes: { country: market.country, currency: market.currency, creditScore, segment: "retail" },
    consents: { service: granted, marketing: granted },
    createdAt: since,
    updatedAt: since,
  };
}

/** As they stand after what they said: their own word ends everything, and the person is suppressed with both consents withdrawn. */
export function afterPlay({ person, heard, stoppedAt }: PersonPlay): typeof contact.$inferInsert {
  const last = heard.at(-1);
  const known = { ...person, lastInboundAt: last ? new Date(last.at) : null };
  if (stoppedAt === null) return known;
  const at = new Date(stoppedAt);
  const withdrawn = { state: "withdrawn" as const, at: at.toISOString(), source: "keyword" };
  const consents = { service: withdrawn, marketing: withdrawn };
  return { ...known, consents, suppressedAt: at, suppressedReason: "opt-out", updatedAt: at };
}

export const factRows = ({ person, events }: PersonPlay): (typeof event.$inferInsert)[] =>
  events.map(({ id, name, properties, at, type }) => ({
    ...placeOf(person),
    ...{ id, name, properties, type, messageId: `world-${id}` },
    receivedAt: new Date(at),
    occurredAt: new Date(at),
  }));

/** What they wrote and tapped; the first word after a day of silence opens a conversation, which a hand-off may end with. */
export function worldHeardRows(
  { channelId }: Seed,
  { person, heard, enrolled }: PersonPlay,
): (typeof message.$inferInsert)[] {
  const handOffs = enrolled.flatMap((one) => one.handOffs.map(({ at }) => at)).toSorted((a, b) => a - b);
  const opens = heard.map(({ at }, index) => at - (heard[index - 1]?.at ?? Number.NEGATIVE_INFINITY) > dayMs);
  return heard.map(({ at, text, type, enrolled: one, visit }, index) => {
    const next = opens.indexOf(true, index + 1);
    const until = Math.min(at + 7 * dayMs, heard[next]?.at ?? Number.POSITIVE_INFINITY);
    const handOff = opens[index] ? handOffs.find((each) => each >= at && each < until) : undefined;
    return {
      ...placeOf(person),
      ...{ id: fixedId(`heard:${person.id}:${index}`, at), channelId, direction: "inbound", type, status: "received" },
      ...{ flowId: one?.running.flowId, versionId: one?.running.versionId, enrollmentId: one?.id, visit },
      country: countryOfPhone(person.phone ?? null),
      content: { body: text },
      createdAt: new Date(at),
      opensConversation: opens[index] ?? false,
      handedOffAt: handOff === undefined ? null : new Date(handOff),
    };
  });
}

/** The links that were followed. */
export const linkRows = ({ person, enrolled }: PersonPlay): (typeof link.$inferInsert)[] =>
  enrolled.flatMap((one) =>
    one.clicks.map(({ visit, slot, at }) => {
      const sent = one.sends.find((each) => each.visit === visit);
      const bound = sent?.links[slot];
      const madeAt = sent?.at ?? at;
      return {
        ...{ workspaceId: person.workspaceId, contactId: person.id ?? "", enrollmentId: one.id, visit, slot },
        code: fixedId(`link:${one.id}:${visit}`).replaceAll("-", "").slice(-10),
        messageId: fixedId(`message:${one.id}:${visit}`, madeAt),
        kind: bound?.kind ?? "tracked",
        target: bound?.kind === "tracked" ? bound.target : null,
        expiresAt: new Date(madeAt + (bound?.validHours ?? 24) * 3_600_000),
        clickedAt: new Date(at),
        clicks: 1,
        createdAt: new Date(madeAt),
      };
    }),
  );

const placeOf = ({ workspaceId, shard, id = "" }: typeof contact.$inferInsert) => ({
  workspaceId,
  shard,
  contactId: id,
});
