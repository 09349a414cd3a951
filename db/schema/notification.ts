import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./columns.ts";
import { user, workspace } from "./workspace.ts";

/** What a sentence names: the flow's name, a number. Never anything about a customer. */
export type NotedValues = Record<string, string | number | null>;

/** One thing that one person is told (server/notifications/kinds.ts lists what there is to tell). */
export const notification = pgTable(
  "notification",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    kind: text().notNull(),
    /** What it is about, to link there; null: the kind has one place for all. */
    subjectId: text(),
    /** Whose act it was: a user id; null: nobody's, the product saw it. */
    actorId: text(),
    values: jsonb().$type<NotedValues>().notNull(),
    at: moment().notNull(),
    readAt: moment(),
  },
  (table) => [
    index("notification_person").on(table.userId, table.workspaceId, table.id),
    // Counted every few seconds for everybody who has the product open.
    index("notification_unread").on(table.userId, table.workspaceId).where(sql`read_at is null`),
  ],
);

/** Where one person wants one kind; no row: as the kind's own default says. */
export const notificationSetting = pgTable(
  "notification_setting",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    kind: text().notNull(),
    inApp: boolean().notNull(),
    byMail: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId, table.kind] })],
);

/** "off": no SMTP server was set when its turn came. "failed": given up, `error` says why. */
export const mailStates = ["waiting", "sending", "sent", "failed", "off"] as const;

/** E-mails on their way, and what became of them. Written in the transaction of what they tell of; sent after it. */
export const mail = pgTable(
  "mail",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    /** Whom it is for; null: somebody who is not a person of the product yet. */
    userId: uuid().references(() => user.id, { onDelete: "cascade" }),
    address: text().notNull(),
    language: text({ enum: ["en", "fr"] }).notNull(),
    /** A kind of notification, or "invitation" and the like. */
    kind: text().notNull(),
    actorId: text(),
    values: jsonb().$type<NotedValues>().notNull(),
    /** Where its button leads, below the public address. Emptied when it has left or was given up: it may hold a secret. */
    path: text().notNull(),
    state: text({ enum: mailStates }).notNull().default("waiting"),
    attempts: smallint().notNull().default(0),
    dueAt: moment().notNull().defaultNow(),
    /** While it is being sent: what is over is taken up again, as its worker is gone. */
    leaseUntil: moment(),
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    sentAt: moment(),
  },
  (table) => [
    index("mail_due").on(table.dueAt).where(sql`state in ('waiting', 'sending')`),
    index("mail_person").on(table.userId, table.id),
    // What left to a person lately, to fold what follows; and what did not leave, newest first.
    index("mail_sent").on(table.address, table.kind, table.sentAt).where(sql`state = 'sent'`),
    index("mail_failed").on(table.workspaceId, table.id).where(sql`state = 'failed'`),
  ],
);
