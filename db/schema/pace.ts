import { doublePrecision, index, integer, pgTable, primaryKey, real, smallint, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/**
 * The token bucket and the breaker of one number, shared by all workers, by the database's clock. UNLOGGED (see its migration): after
 * a crash of the database a number begins with an empty bucket.
 */
export const channelPace = pgTable("channel_pace", {
  channelId: uuid().primaryKey(),
  tokens: doublePrecision().notNull(),
  filledAt: moment().notNull(),
  /** The breaker's rest: while it is open, one message feels the way each time this is over. */
  restUntil: moment(),
  /** The provider's own word (Retry-After): nothing leaves before, whatever succeeds in the meantime. */
  toldUntil: moment(),
  /** The share of its rate that the provider's complaints have left it at `slowed_at`; it grows back by itself. */
  slowTo: real().notNull().default(1),
  slowedAt: moment(),
  /** In a row, not about one message. */
  failures: smallint().notNull().default(0),
});

/** One person on one number: the pair rate (next_at, as a leaky bucket) and who has a message on its way to them. UNLOGGED. */
export const pairPace = pgTable(
  "pair_pace",
  {
    channelId: uuid().notNull(),
    contactId: uuid().notNull(),
    /** When the bucket will be empty again. */
    nextAt: moment().notNull(),
    /** Until then, or until it is settled, no second message to the same person is on its way: they arrive in order. */
    busyUntil: moment(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.contactId] })],
);

/** A business portfolio's limit of people per moving 24 hours, counted outside their windows. */
export const portfolio = pgTable(
  "portfolio",
  {
    workspaceId: uuid().notNull(),
    /** The provider's id of the portfolio. */
    id: text().notNull(),
    /** Null: unlimited. */
    peoplePerDay: integer(),
    /** Rows of portfolio_person, kept in step in the same statement. */
    used: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** People written to outside their window within the last 24 hours, the newest time of each. */
export const portfolioPerson = pgTable(
  "portfolio_person",
  {
    workspaceId: uuid().notNull(),
    portfolioId: text().notNull(),
    contactId: uuid().notNull(),
    lastAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.portfolioId, table.contactId] }),
    index("portfolio_person_oldest").on(table.workspaceId, table.portfolioId, table.lastAt),
  ],
);
