import type { Arrival } from "./arrival.ts";

/**
 * Which contact a userId was found to be, so that the next event of this person needs no search. Only a hint: the statement
 * that uses it checks that the contact still has this userId (store-known.sql.ts), so nothing has to be told when people are
 * merged or erased.
 */
export class KnownPeople {
  readonly #max: number;
  #young = new Map<string, string>();
  /** The generation before: what is asked for again moves to the young one, the rest goes with the next turn. */
  #old = new Map<string, string>();

  constructor(max = 100_000) {
    this.#max = max / 2;
  }

  /** The contacts of a group, in its order; null when somebody is not known, or is being identified, or has no userId. */
  contactsOf(arrivals: Arrival[]): string[] | null {
    const contacts: string[] = [];
    for (const { workspaceId, person, profile } of arrivals) {
      if (profile !== null || "contactId" in person || person.userId === null) return null;
      const contactId = this.#find(keyOf(workspaceId, person.userId));
      if (contactId === undefined) return null;
      contacts.push(contactId);
    }
    return contacts;
  }

  /** To be called after the commit only: what rolls back was never anybody. */
  remember({ workspaceId, person }: Arrival, contactId: string) {
    if ("contactId" in person || person.userId === null) return;
    this.#add(keyOf(workspaceId, person.userId), contactId);
  }

  forget(arrivals: Arrival[]) {
    for (const { workspaceId, person } of arrivals) {
      if ("contactId" in person || person.userId === null) continue;
      this.#young.delete(keyOf(workspaceId, person.userId));
      this.#old.delete(keyOf(workspaceId, person.userId));
    }
  }

  #find(key: string): string | undefined {
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const older = this.#old.get(key);
    if (older !== undefined) this.#add(key, older);
    return older;
  }

  #add(key: string, contactId: string) {
    if (this.#young.size >= this.#max) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, contactId);
  }
}

const keyOf = (workspaceId: string, userId: string) => `${workspaceId} ${userId}`;
