import { newId, shardOf } from "#server/id.ts";
import type { Arrival } from "./arrival.ts";

/** A row of $2 of storeArrivalsSql: one person, found or made there. The new id is used only when there is nobody yet. */
export type PersonRow = {
  person: number;
  workspace_id: string;
  contact_id: string | null;
  external_id: string | null;
  anonymous_id: string | null;
  /** An identify named both ids: the anonymous contact becomes this person, or its anonymousId is noted on them. */
  takes_over: boolean;
  new_id: string;
  new_shard: number;
};

/** Each person of a group once, and for each arrival the person it belongs to. Sound for items of several workspaces. */
export function peopleOf(arrivals: Arrival[]): { people: PersonRow[]; personOf: number[] } {
  const people: PersonRow[] = [];
  const byKey = new Map<string, PersonRow>();
  const add = (key: string, workspaceId: string, ids: Partial<PersonRow>): PersonRow => {
    const known = byKey.get(key);
    if (known) return known;
    const id = newId();
    const row = { contact_id: null, external_id: null, anonymous_id: null, takes_over: false, ...ids };
    const person = {
      ...row,
      person: people.length,
      workspace_id: workspaceId,
      new_id: id,
      new_shard: shardOf(workspaceId, id),
    };
    people.push(person);
    byKey.set(key, person);
    return person;
  };
  linkIdentified(arrivals, byKey, add);
  const personOf = arrivals.map(({ workspaceId, person }) => {
    if ("contactId" in person)
      return add(key("c", workspaceId, person.contactId), workspaceId, { contact_id: person.contactId }).person;
    if (person.userId !== null)
      return add(key("u", workspaceId, person.userId), workspaceId, { external_id: person.userId }).person;
    return add(key("a", workspaceId, person.anonymousId), workspaceId, { anonymous_id: person.anonymousId }).person;
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
    const ids = { external_id: person.userId, anonymous_id: person.anonymousId, takes_over: true };
    byKey.set(anonymousKey, add(key("u", workspaceId, person.userId), workspaceId, ids));
  }
}

const key = (kind: string, workspaceId: string, id: string | null) => `${kind} ${workspaceId} ${id}`;
