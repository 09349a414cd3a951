import { newId, shardOf } from "#server/id.ts";
import type { Arrival } from "./arrival.ts";

/** A row of $2 of storeArrivalsSql: one person, found or made there. The new id is used only when there is nobody yet. */
export type PersonRow = {
  person: number;
  workspaceId: string;
  contactId: string | null;
  externalId: string | null;
  anonymousId: string | null;
  /** An identify named both ids: the anonymous contact becomes this person, or its anonymousId is noted on them. */
  takesOver: boolean;
  newId: string;
  newShard: number;
};

/** Each person of a group once, and for each arrival the person it belongs to. Sound for items of several workspaces. */
export function peopleOf(arrivals: Arrival[]): { people: PersonRow[]; personOf: number[] } {
  const people: PersonRow[] = [];
  const byKey = new Map<string, PersonRow>();
  const add = (key: string, workspaceId: string, ids: Partial<PersonRow>): PersonRow => {
    const known = byKey.get(key);
    if (known) return known;
    const id = ids.contactId ?? newId();
    const row = { contactId: null, externalId: null, anonymousId: null, takesOver: false, ...ids };
    const person = {
      ...row,
      person: people.length,
      workspaceId,
      newId: id,
      newShard: shardOf(workspaceId, id),
    };
    people.push(person);
    byKey.set(key, person);
    return person;
  };
  linkIdentified(arrivals, byKey, add);
  const personOf = arrivals.map(({ workspaceId, person }) => {
    if ("contactId" in person)
      return add(key("c", workspaceId, person.contactId), workspaceId, { contactId: person.contactId }).person;
    if (person.userId !== null)
      return add(key("u", workspaceId, person.userId), workspaceId, { externalId: person.userId }).person;
    return add(key("a", workspaceId, person.anonymousId), workspaceId, { anonymousId: person.anonymousId }).person;
  });
  return { people, personOf };
}

/** An identify with both ids makes them one person for the whole group; the first to claim an anonymousId keeps it. */
function linkIdentified(
  arrivals: Arrival[],
  byKey: Map<string, PersonRow>,
  add: (key: string, workspaceId: string, ids: Partial<PersonRow>) => PersonRow,
) {
  for (const { person, profile, workspaceId } of arrivals) {
    if (!profile || "contactId" in person || person.userId === null || person.anonymousId === null) continue;
    const anonymousKey = key("a", workspaceId, person.anonymousId);
    if (byKey.has(anonymousKey) || byKey.has(key("u", workspaceId, person.userId))) continue;
    const ids = { externalId: person.userId, anonymousId: person.anonymousId, takesOver: true };
    byKey.set(anonymousKey, add(key("u", workspaceId, person.userId), workspaceId, ids));
  }
}

const key = (kind: string, workspaceId: string, id: string | null) => `${kind} ${workspaceId} ${id}`;
