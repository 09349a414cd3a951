import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { answersToNo } from "#flow/gate/policy.ts";
import type { Purpose } from "#flow/graph.ts";
import { createdAt, moment } from "./columns.ts";

/** Sign-in tables as better-auth expects them (docs: database schema, organization plugin); an organization is our workspace. */
export const user = pgTable("user", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  /** Interface language of this person: en or fr. */
  language: text().notNull().default("en"),
  /** Whether signing in takes a code beside the password. */
  twoFactorEnabled: boolean().notNull().default(false),
  createdAt: createdAt(),
  updatedAt: createdAt(),
});

export const workspace = pgTable("workspace", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  logo: text(),
  metadata: text(),
  timezone: text().notNull().default("UTC"),
  /**
   * The zone by whose days and hours messages have been counted; another one than `timezone`, or null: they are about to be counted
   * anew (server/engine/rollup/rebuild-counts.ts).
   */
  countedZone: text(),
  /** Language of a message when the person's own has no approved text. */
  language: text().notNull().default("en"),
  currency: text().notNull().default("USD"),
  /** Business-initiated messages a day per person; fraud and transaction are exempt. */
  capPerDay: integer().notNull().default(3),
  /** Nothing but fraud and transaction leaves between these local times ("21:00", "08:00"). */
  quietFrom: text().notNull().default("21:00"),
  quietTo: text().notNull().default("08:00"),
  /** Beside the day's: at most so many within so many local days, today among them; null: no such cap. */
  capPerWindow: integer(),
  capWindowDays: smallint().notNull().default(7),
  /** The only hours and days (1: Monday) for messages that chase a debt, wherever a country does not ask for less. */
  collectionsFrom: text().notNull().default("08:00"),
  collectionsTo: text().notNull().default("19:00"),
  collectionsDays: smallint().array().notNull().default([1, 2, 3, 4, 5, 6, 7]),
  /** What messages may cost in a calendar month, in millionths of a currency in which the provider charges; null: no budget. */
  budgetMicros: bigint({ mode: "number" }),
  budgetCurrency: text().notNull().default("USD"),
  /** What becomes of a message to which the cap, the quiet hours or the budget says no (flow/gate/policy.ts). */
  onCap: text({ enum: answersToNo }).notNull().default("handle"),
  onQuietHours: text({ enum: answersToNo }).notNull().default("later"),
  onBudget: text({ enum: answersToNo }).notNull().default("later"),
  /** How many rows `suppression` has: the gate looks there only when there are some. */
  suppressions: integer().notNull().default(0),
  /** For how many months a consent without an end of its own holds; null: until it is withdrawn. */
  consentMonths: smallint(),
  /** Whoever decides on approvals must have a second factor. */
  approversNeedSecondFactor: boolean().notNull().default(false),
  /** Consents given before this day ("2026-12-01", by the workspace's clock) are none any more: the wording was another one then. */
  consentSince: date(),
  /** Wordings whose consents count no more, by their short names (server/wording-key.ts). */
  consentRetired: text().array().notNull().default([]),
  /** The classes of messages that leave without a consent; STOP and a withdrawal hold for them, too. */
  consentExempt: text().array().$type<Purpose[]>().notNull().default([]),
  /** Whole messages that end all messages, and those that take it back; null: the usual ones (flow/gate/opt-out.ts). */
  stopWords: text().array(),
  startWords: text().array(),
  /** While set, no message of this workspace leaves: they wait in the outbox. People go on in their flows. */
  sendingHeldAt: moment(),
  sendingHeldBy: uuid(),
  /** When sending was last released: what had waited for it is counted as waiting for us from then on. */
  sendingReleasedAt: moment(),
  createdAt: createdAt(),
});

export const session = pgTable("session", {
  id: uuid().primaryKey(),
  token: text().notNull().unique(),
  userId: uuid()
    .notNull()
    .references(() => user.id, { onDelete: "cascade" }),
  activeWorkspaceId: uuid(),
  expiresAt: moment().notNull(),
  ipAddress: text(),
  userAgent: text(),
  /** When this session last showed a second factor, by the time of the world. */
  secondFactorAt: moment(),
  createdAt: createdAt(),
  updatedAt: createdAt(),
});

export const account = pgTable("account", {
  id: uuid().primaryKey(),
  accountId: text().notNull(),
  providerId: text().notNull(),
  userId: uuid()
    .notNull()
    .references(() => user.id, { onDelete: "cascade" }),
  accessToken: text(),
  refreshToken: text(),
  idToken: text(),
  accessTokenExpiresAt: moment(),
  refreshTokenExpiresAt: moment(),
  scope: text(),
  password: text(),
  createdAt: createdAt(),
  updatedAt: createdAt(),
});

export const verification = pgTable("verification", {
  id: uuid().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: moment().notNull(),
  createdAt: createdAt(),
  updatedAt: createdAt(),
});

/** A person's second factor as better-auth's plugin keeps it: secret and recovery codes are sealed with the installation's secret. */
export const twoFactor = pgTable("two_factor", {
  id: uuid().primaryKey(),
  userId: uuid()
    .notNull()
    .unique()
    .references(() => user.id, { onDelete: "cascade" }),
  secret: text().notNull(),
  backupCodes: text().notNull(),
  /** False until the first code of the app was right: nobody is locked out by a picture they never scanned. */
  verified: boolean().notNull().default(false),
  failedVerificationCount: integer().notNull().default(0),
  lockedUntil: moment(),
  /** The 30-second step of the newest code that was used: neither it nor an older one works again (RFC 6238, 5.2). */
  lastStep: integer().notNull().default(0),
});

export const member = pgTable(
  "member",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** owner, maker, checker, agent or analyst: server/auth/permissions.ts. */
    role: text().notNull(),
    /** To some minutes. */
    lastSeenAt: moment(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex().on(table.workspaceId, table.userId)],
);

/** Who was asked to join. The link's secret is kept as a fingerprint only. */
export const invitation = pgTable("invitation", {
  id: uuid().primaryKey(),
  tokenHash: text().unique(),
  workspaceId: uuid()
    .notNull()
    .references(() => workspace.id, { onDelete: "cascade" }),
  email: text().notNull(),
  role: text(),
  status: text().notNull(),
  expiresAt: moment().notNull(),
  inviterId: uuid()
    .notNull()
    .references(() => user.id, { onDelete: "cascade" }),
  createdAt: createdAt(),
});

/** Keys of machines: `write` sends events, `rest` reads and imports. Only a SHA-256 of the key is kept. */
export const accessKey = pgTable(
  "access_key",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    kind: text({ enum: ["write", "rest"] }).notNull(),
    name: text().notNull(),
    hash: text().notNull().unique(),
    last4: text().notNull(),
    /** Events a second that this key may bring; null: the door's own limit. */
    eventsPerSecond: integer(),
    /** What it may do beyond its kind: "flows:publish" publishes without a second person, where the workspace lets it. */
    scopes: text().array().notNull().default([]),
    /** The person who made it on the screen; null: the operator, or the demo. */
    createdBy: uuid(),
    createdAt: createdAt(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [index().on(table.workspaceId)],
);

/** Every change by a person, chained by hash within its workspace (hash = sha256 of the previous hash and this row's content). */
export const audit = pgTable(
  "audit",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    /** Counted from 1 in each workspace, without gaps. */
    sequence: integer().notNull(),
    at: moment().notNull(),
    /** A user id, "api" or "system". */
    actor: text().notNull(),
    /** The verb: "publish-flow". */
    action: text().notNull(),
    subject: text().notNull(),
    subjectId: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    uniqueIndex().on(table.workspaceId, table.sequence),
    // What happened to one thing, newest first: who wrote on a draft since its last version, when a flow ran and was paused.
    index("audit_subject").on(table.workspaceId, table.subjectId, table.sequence),
    // The audit screen: by person, by verb, by kind of thing, newest first; and where a day begins.
    index("audit_actor").on(table.workspaceId, table.actor, table.sequence),
    index("audit_action").on(table.workspaceId, table.action, table.sequence),
    index("audit_kind").on(table.workspaceId, table.subject, table.sequence),
    index("audit_time").on(table.workspaceId, table.at),
  ],
);

/** Demo only: how far the product's clock runs ahead. One row; no row means no offset. */
export const demoClock = pgTable("demo_clock", {
  id: integer().primaryKey(),
  offsetSeconds: integer().notNull(),
});
