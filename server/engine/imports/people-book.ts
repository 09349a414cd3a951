import type pg from "pg";
import type { ConsentState, ImportConsent, RowFinding } from "#db/schema/index.ts";
import { consentAt } from "#flow/gate/consent.ts";
import { applyProfile, type Profile } from "#server/door/ingest/apply-profile.ts";
import { newId, shardOf } from "#server/id.ts";
import type { ImportMapping } from "#server/imports/import-mapping.ts";
import type { ReadRow } from "#server/imports/read-row.ts";
import { wordingKey } from "#server/wording-key.ts";
import { query } from "../query.ts";
import * as sql from "./take-statements.ts";

/** A running import, as a slice of it needs to know it. */
export type Import = {
  id: string;
  workspace_id: string;
  file_name: string;
  columns: string[];
  mapping: ImportMapping;
  consent: ImportConsent | null;
  created_by: string;
};

export type SettledRow = {
  row: number;
  state: "taken" | "limited" | "refused";
  finding: RowFinding | null;
  contactId: string | null;
  outcome: "created" | "updated" | "withoutConsent" | "refused";
};

type GoodRow = { row: number; said: ReadRow; limited: RowFinding | null };
type Person = Profile & { id: string; externalId: string | null; tags: string[] };
type Ledger = {
  id: string;
  workspaceId: string;
  contactId: string;
  purpose: string;
  wording: string;
  at: string;
  proof: object;
};

/** The people of one slice of rows: those who are there, locked in the order of their ids, and those who are made. What the rows say gathers here. */
export class PeopleBook {
  readonly #claimed: Import;
  readonly #byId = new Map<string, Person>();
  readonly #byExternalId = new Map<string, Person>();
  readonly #byPhone = new Map<string, Person[]>();
  /** The row that a person was taken by, of this file. */
  readonly #takenBy: Map<string, number>;
  readonly #before = new Map<string, string>();
  readonly #made = new Set<string>();
  readonly ledger: Ledger[] = [];

  private constructor(claimed: Import, people: Person[], takenBy: Map<string, number>) {
    this.#claimed = claimed;
    this.#takenBy = takenBy;
    for (const person of people) {
      this.#note(person);
      this.#before.set(person.id, JSON.stringify(person));
    }
  }

  static async open(client: pg.ClientBase, claimed: Import, rows: readonly GoodRow[]): Promise<PeopleBook> {
    const externalIds = rows.flatMap(({ said }) => said.externalId ?? []);
    const phones = rows.flatMap(({ said }) => said.phone ?? []);
    const people = await query<Person>(client, sql.lockPeople, [claimed.workspace_id, externalIds, phones]);
    const ids = people.map((person) => person.id);
    const earlier = await query<{ contact_id: string; row: number }>(client, sql.findTaken, [claimed.id, ids]);
    return new PeopleBook(claimed, people, new Map(earlier.map(({ contact_id, row }) => [contact_id, row])));
  }

  /** Takes a row in as its person. */
  take({ row, said, limited }: GoodRow, now: Date): SettledRow {
    const known = this.#find(said);
    const takenBy = known && this.#takenBy.get(known.id);
    if (known && takenBy !== undefined && takenBy !== row) {
      const finding = {
        column: "",
        value: said.phone ?? said.externalId ?? "",
        rule: "same-person",
        values: { row: takenBy },
      };
      return { row, state: "limited", finding, contactId: null, outcome: "refused" };
    }
    const person = this.#apply(known ?? this.#make(said), said, { row, now });
    this.#takenBy.set(person.id, row);
    const outcome = limited?.rule === "no-proof" ? "withoutConsent" : known ? "updated" : "created";
    return { row, state: limited ? "limited" : "taken", finding: limited, contactId: person.id, outcome };
  }

  get made(): (Person & { workspaceId: string; shard: number })[] {
    const { workspace_id: workspaceId } = this.#claimed;
    return [...this.#made].flatMap((id) => {
      const person = this.#byId.get(id);
      return person ? [{ ...person, workspaceId, shard: shardOf(workspaceId, id) }] : [];
    });
  }

  /** Those of whom the file says something new. */
  get changed(): Person[] {
    return [...this.#before].flatMap(([id, before]) => {
      const person = this.#byId.get(id);
      return person && JSON.stringify(person) !== before ? [person] : [];
    });
  }

  /** By the customer id; else by the number, which must not be that of another customer. */
  #find({ externalId, phone }: ReadRow): Person | undefined {
    if (externalId !== null) {
      const known = this.#byExternalId.get(externalId);
      if (known || phone === null) return known;
      return this.#byPhone.get(phone)?.find((person) => person.externalId === null);
    }
    return phone === null ? undefined : this.#byPhone.get(phone)?.[0];
  }

  #make({ externalId, phone }: ReadRow): Person {
    const nothing = { waId: null, email: null, firstName: null, lastName: null, locale: null, timezone: null };
    const person = { id: newId(), externalId, phone, ...nothing, tags: [], attributes: {}, consents: {} };
    this.#made.add(person.id);
    return person;
  }

  #note(person: Person): void {
    this.#byId.set(person.id, person);
    if (person.externalId !== null) this.#byExternalId.set(person.externalId, person);
    if (person.phone === null) return;
    const others = (this.#byPhone.get(person.phone) ?? []).filter((other) => other.id !== person.id);
    this.#byPhone.set(person.phone, [...others, person]);
  }

  #apply(before: Person, said: ReadRow, { row, now }: { row: number; now: Date }): Person {
    const at = now.toISOString();
    const change = { fields: said.fields, attributes: said.attributes, consents: [], at, messageId: "" };
    const { profile } = applyProfile(before, change);
    const person: Person = {
      ...before,
      ...profile,
      externalId: before.externalId ?? said.externalId,
      tags: [...new Set([...before.tags, ...said.tags])],
      consents: this.#agree(before, said, { row, at }),
    };
    this.#note(person);
    return person;
  }

  /** A file repeats what it knows, so only a change is kept; and who withdrew later, or said STOP themselves, is not signed up again by a file. */
  #agree(before: Person, { consent }: ReadRow, { row, at: now }: { row: number; at: string }): ConsentState {
    const consents = { ...before.consents };
    if (!consent) return consents;
    const at = consent.at ?? now;
    for (const purpose of this.#claimed.consent?.purposes ?? []) {
      const standing = consents[purpose];
      if (standing && (consentAt(standing, Date.parse(at)) === "granted" || Date.parse(at) <= Date.parse(standing.at)))
        continue;
      // A file that does not say when is no answer to a no.
      if (standing?.state === "withdrawn" && consent.at === null) continue;
      if (standing?.source === "keyword" || standing?.source === "provider") continue;
      consents[purpose] = {
        ...{ state: "granted", at, source: "import" },
        ...(consent.wording && { wording: wordingKey(consent.wording) }),
      };
      const proof = { importId: this.#claimed.id, file: this.#claimed.file_name, row, source: consent.source };
      const { workspace_id: workspaceId } = this.#claimed;
      this.ledger.push({
        id: newId(),
        workspaceId,
        contactId: before.id,
        purpose,
        wording: consent.wording,
        at,
        proof,
      });
    }
    return consents;
  }
}
