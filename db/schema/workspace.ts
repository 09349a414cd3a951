import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
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
  /** Language of a message when the person's own has no approved text. */
  language: text().notNull().default("en"),
  currency: text().notNull().default("USD"),
  /** Business-initiated messages a day per person; fraud and transaction are exempt. */
  capPerDay: integer().notNull().default(3),
  /** Nothing but fraud and transaction leaves between these local times ("21:00", "08:00"). */
  quietFrom: text().notNull().default("21:00"),
  quietTo: text().notNull().default("08:00"),
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
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex().on(table.workspaceId, table.userId)],
);

export const invitation = pgTable("invitation", {
  id: uuid().primaryKey(),
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
    // What happened to one thing: when a flow ran and when it was paused.
    index("audit_subject").on(table.workspaceId, table.subjectId, table.sequence),
  ],
);

/** Demo only: how far the product's clock runs ahead. One row; no row means no offset. */
export const demoClock = pgTable("demo_clock", {
  id: integer().primaryKey(),
  offsetSeconds: integer().notNull(),
});
