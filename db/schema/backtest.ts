import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { PathRow } from "#flow/backtest/replay-run.ts";
import type { ReplayFigures } from "#flow/backtest/tally.ts";
import type { SendPolicy } from "#flow/gate/policy.ts";
import type { Graph } from "#flow/graph.ts";
import { createdAt, id, moment } from "./columns.ts";
import { workspace } from "./workspace.ts";

export const backtestStatuses = ["queued", "running", "done", "failed", "cancelled"] as const;

/** A flow that was played over stored events: what was asked, how far it is, what came out. */
export const backtest = pgTable(
  "backtest",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    flowId: uuid().notNull(),
    /** queued: another one of the workspace runs; it waits for its turn. */
    status: text({ enum: backtestStatuses }).notNull().default("queued"),
    request: jsonb().$type<BacktestRequest>().notNull(),
    progress: jsonb().$type<BacktestProgress>(),
    result: jsonb().$type<BacktestResult>(),
    /** Why it failed, for people. */
    error: text(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    finishedAt: moment(),
    /** Its process writes this every second; one that has been silent for long is dead. */
    beatAt: moment(),
  },
  (table) => [
    index("backtest_flow").on(table.flowId, table.createdAt),
    index("backtest_workspace").on(table.workspaceId, table.createdAt),
  ],
);

/** The way of one person in a backtest. Nothing of the person but their id. */
export const backtestPath = pgTable(
  "backtest_path",
  {
    backtestId: uuid()
      .notNull()
      .references(() => backtest.id, { onDelete: "cascade" }),
    ordinal: integer().notNull(),
    contactId: uuid().notNull(),
    enteredAt: moment().notNull(),
    /** Null: they still wait. */
    endReason: text(),
    /** Where they wait. */
    nodeId: text(),
    sent: integer().notNull(),
    notSent: integer().notNull(),
    /** Messages that the live flow really sent after the same event; null: they did not enter by it. */
    reallySent: integer(),
    path: jsonb().$type<PathRow[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.backtestId, table.ordinal] })],
);

/** Rules in place of the workspace's; what is not named stays. */
export type PolicyChange = Partial<Pick<SendPolicy, "capPerDay" | "rollingCap" | "quietHours">>;

export type BacktestRequest = {
  graph: Graph;
  /** The hash of the graph: a result belongs to exactly one draft. */
  hash: string;
  days: number;
  /** Milliseconds since 1970. */
  since: number;
  until: number;
  policy: PolicyChange | null;
  /** The version that runs, to be compared with; null: none does. */
  versionId: string | null;
};

export type BacktestProgress = { read: number; total: number; entered: number; secondsLeft: number | null };

/** What really happened in the same days; null: the flow was not live. `liveSince`: when it was first published. */
export type RealFigures = {
  liveSince: number | null;
  entered: number;
  sent: number;
  notSent: number;
  costs: Record<string, number>;
  capHits: number;
  goals: number;
};

export type BacktestResult = {
  proposed: ReplayFigures;
  /** The version that runs, played over the same events under the rules in force. */
  running: ReplayFigures | null;
  real: RealFigures;
  events: number;
  /** Paths that were kept, of all. */
  keptPaths: number;
  /** Shares that fates were drawn by, and on how many messages they were measured. */
  rates: { template: string; measured: number }[];
  tookMs: number;
};
