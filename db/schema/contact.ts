import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { type ConsentPurpose, consentPurposes } from "#flow/gate/consent.ts";
import type { JsonObject } from "#flow/json.ts";
import { createdAt, id, moment } from "./columns.ts";
import { workspace } from "./workspace.ts";

/** Consent by purpose as it stands now: the newest row of the ledger, kept on the contact because the send gate reads it for each message. */
export type ConsentState = Partial<
  Record<
    ConsentPurpose,
    { state: "granted" | "withdrawn"; at: string; source: string; expiresAt?: string | null; wording?: string }
  >
>;

export const contact = pgTable(
  "contact",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    /** Hash of workspace and contact, 0 to 255: the unit of "one writer at a time" and of a later split over several databases. */
    shard: smallint().notNull(),
    /** The customer's id in the bank's own system (`userId` of the event door). */
    externalId: text(),
    anonymousId: text(),
    /** E.164 with +; null for people known by bsuid only. */
    phone: text(),
    /** What the provider calls this person: digits without +, may differ from the phone (Brazil, Mexico). */
    waId: text(),
    bsuid: text(),
    firstName: text(),
    lastName: text(),
    email: text(),
    locale: text(),
    timezone: text(),
    attributes: jsonb().$type<JsonObject>().notNull().default({}),
    tags: text().array().notNull().default(sql`'{}'::text[]`),
    consents: jsonb().$type<ConsentState>().notNull().default({}),
    /** Never message: opt-out by the person (`opt-out`), undeliverable, blocked by us. */
    suppressedAt: moment(),
    suppressedReason: text(),
    /** Opens the 24-hour customer service window. */
    lastInboundAt: moment(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    uniqueIndex("contact_external_id").on(table.workspaceId, table.externalId).where(sql`external_id is not null`),
    uniqueIndex("contact_anonymous_id")
      .on(table.workspaceId, table.anonymousId)
      .where(sql`external_id is null and anonymous_id is not null`),
    /** Events without a userId find the person who was identified with this anonymousId. */
    index("contact_anonymous").on(table.workspaceId, table.anonymousId).where(sql`anonymous_id is not null`),
    index("contact_phone").on(table.workspaceId, table.phone),
    index("contact_wa_id").on(table.workspaceId, table.waId),
    index("contact_bsuid").on(table.workspaceId, table.bsuid),
    index("contact_recent").on(table.workspaceId, table.updatedAt),
  ],
);

/** Append-only proof of every consent given or withdrawn: GDPR art. 7(1), WhatsApp opt-in policy. Rows are never changed. */
export const consent = pgTable(
  "consent",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    contactId: uuid()
      .notNull()
      .references(() => contact.id),
    purpose: text({ enum: consentPurposes }).notNull(),
    state: text({ enum: ["granted", "withdrawn"] }).notNull(),
    /** identify, keyword, person (someone of the workspace), import, provider, page (a person's own opt-in page), form (an opt-in form). */
    source: text().notNull(),
    /** The words the person agreed to, or wrote. */
    wording: text(),
    proof: jsonb().$type<JsonObject>().notNull().default({}),
    actor: text().notNull(),
    at: moment().notNull(),
    /** A consent is none any more from then on; null: it holds until it is withdrawn. */
    expiresAt: moment(),
  },
  (table) => [index("consent_contact").on(table.contactId, table.at)],
);

/** Business-initiated messages of one person on one local day. The counter is raised by one atomic upsert, never by count-then-insert. */
export const capCounter = pgTable(
  "cap_counter",
  {
    workspaceId: uuid().notNull(),
    contactId: uuid().notNull(),
    /** Local day of the person, "2026-11-22". */
    day: text().notNull(),
    used: smallint().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.contactId, table.day] })],
);

/** Numbers and customer ids that get no message, whoever has them now or later: a list that somebody imported. */
export const suppression = pgTable(
  "suppression",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    /** phone: E.164 with +; customer: the bank's own id (`contact.external_id`). */
    kind: text({ enum: ["phone", "customer"] }).notNull(),
    value: text().notNull(),
    /** Why, in the importer's words: "revoked number list of October". */
    note: text().notNull(),
    addedBy: uuid().notNull(),
    addedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.kind, table.value] })],
);

/** The public page on which one person says what they agree to: /o/{code}. */
export const optInLink = pgTable(
  "opt_in_link",
  {
    /** 22 random base62 characters: whoever has it speaks for the person. */
    code: text().primaryKey(),
    workspaceId: uuid().notNull(),
    contactId: uuid().notNull(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [index("opt_in_link_contact").on(table.contactId)],
);

/** What the messages of a month are estimated to cost, counted as they leave while the workspace has a budget. */
export const spending = pgTable(
  "spending",
  {
    workspaceId: uuid().notNull(),
    /** "2026-11", by the workspace's clock. */
    month: text().notNull(),
    currency: text().notNull(),
    micros: bigint({ mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.month, table.currency] })],
);
