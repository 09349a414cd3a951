import type { ContactFacts } from "#flow/contact.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import { readTraits } from "../door/ingest/read-traits.ts";
import { type ProfileWrite as ExplainedWrite, profileAt } from "../explain/profile-at.ts";

/** One value written on a profile at a moment (server/explain/profile-at.ts). */
export type ProfileWrite = { at: number; name: string } & ({ value: Json } | { by: number } | { isTag: true });

type Profile = { today: ContactFacts; writes: readonly ProfileWrite[]; createdAt: number };

/** The door makes a contact in the transaction that stores its first event. */
const firstEventMs = 5_000;

/** The person as flows saw them at a moment, as far as what was written since tells: where nothing does, as they are today. */
export function factsAt({ today, writes, createdAt }: Profile, at: number): ContactFacts {
  if ((writes.at(-1)?.at ?? Number.NEGATIVE_INFINITY) <= at) return today;
  const explained = writes.map((write): ExplainedWrite => ({ ...write, source: { kind: "identify" } }));
  const isWhole = (writes[0]?.at ?? Number.POSITIVE_INFINITY) <= createdAt + firstEventMs;
  return profileAt({ today, writes: explained, isWhole }, at).facts;
}

/** What an identify wrote: flows see names, language, zone and attributes. */
export function writesOfIdentify(properties: JsonObject, at: number): ProfileWrite[] {
  const { fields, attributes } = readTraits(properties, {}, null);
  const { firstName, locale, timezone } = fields;
  return Object.entries({ ...attributes, firstName, locale, timezone }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ at, name, value }],
  );
}

/** The person after an identify. */
export function identified(facts: ContactFacts, properties: JsonObject): ContactFacts {
  const { fields, attributes } = readTraits(properties, {}, null);
  const { firstName = facts.firstName, locale = facts.locale, timezone = facts.timezone } = fields;
  const merged = { ...facts.attributes, ...attributes };
  for (const [name, value] of Object.entries(merged)) if (value === null) delete merged[name];
  return { ...facts, firstName, locale, timezone, attributes: merged };
}
