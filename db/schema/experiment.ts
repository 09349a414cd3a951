import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { type ExperimentArm, experimentKinds } from "#flow/experiment.ts";
import type { ExperimentPlan } from "#flow/experiment-plan.ts";
import type { Rule } from "#flow/rule.ts";
import { createdAt, id, moment } from "./columns.ts";
import { flow } from "./flow.ts";
import { workspace } from "./workspace.ts";

/** draft: planned, nobody is assigned. running: from the first publish on. stopped: without a winner. decided: with one. */
export const experimentStates = ["draft", "running", "stopped", "decided"] as const;

/** A split or a holdout of a flow, and what is to be learned from it. */
export const experiment = pgTable(
  "experiment",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    flowId: uuid()
      .notNull()
      .references(() => flow.id),
    /** The split's experiment id, the holdout's salt: it names the experiment within its flow. */
    key: text().notNull(),
    kind: text({ enum: experimentKinds }).notNull(),
    /** The step that assigns, and what it is called, in the newest version. */
    nodeId: text().notNull(),
    title: text().notNull(),
    state: text({ enum: experimentStates }).notNull().default("draft"),
    /** Not changed once it runs. */
    plan: jsonb().$type<ExperimentPlan>().notNull(),
    /** As drawn in the newest version, the baseline first. Their ids do not change while it runs. */
    arms: jsonb().$type<ExperimentArm[]>().notNull(),
    /** The weights in force where a bandit has moved them; null: those that are drawn. */
    weightsId: uuid(),
    /** Who of those who may approve has agreed beforehand that a winner goes live by itself. */
    consentBy: text(),
    consentAt: moment(),
    startedAt: moment(),
    /** A person's id, or "api": a key that its workspace trusts to publish. */
    startedBy: text(),
    endedAt: moment(),
    /** The arm that won. */
    winner: text(),
    /** The newest verdict, for lists: kept by the hourly reading. */
    verdict: jsonb().$type<StoredVerdict>(),
    readAt: moment(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    uniqueIndex("experiment_key").on(table.flowId, table.key),
    index("experiment_workspace").on(table.workspaceId, table.updatedAt),
    index("experiment_running").on(table.readAt).where(sql`state = 'running'`),
  ],
);

/** `arm`: an id; `rates` of the baseline and of the arm it speaks of, where there are any. */
export type StoredVerdict = {
  state: "not-enough" | "unhealthy" | "running" | "ship" | "rollback" | "review";
  arm: string | null;
  rates: [baseline: number, arm: number] | null;
  people: number;
  daysLeft: number | null;
};

/** Who is in which arm, from the first time on; written with the path that it belongs to, and never changed. */
export const assignment = pgTable(
  "assignment",
  {
    experimentId: uuid().notNull(),
    contactId: uuid().notNull(),
    workspaceId: uuid().notNull(),
    arm: text().notNull(),
    at: moment().notNull(),
    enrollmentId: uuid().notNull(),
    /** Of whose weights chance drew: a version's, or those of a bandit. */
    versionId: uuid().notNull(),
    weightsId: uuid(),
  },
  (table) => [primaryKey({ columns: [table.experimentId, table.contactId] })],
);

/** People who came into another arm than theirs, because theirs was gone. */
export const assignmentStray = pgTable(
  "assignment_stray",
  {
    experimentId: uuid().notNull(),
    contactId: uuid().notNull(),
    arm: text().notNull(),
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.experimentId, table.contactId, table.arm] })],
);

/** Which shares chance has drawn by, from when on: so that the shares of people can be checked and a bandit followed. */
export const experimentWeights = pgTable(
  "experiment_weights",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    experimentId: uuid()
      .notNull()
      .references(() => experiment.id, { onDelete: "cascade" }),
    validFrom: moment().notNull(),
    /** published: drawn in this version. bandit: reckoned from what had matured by then. */
    source: text({ enum: ["published", "bandit"] }).notNull(),
    versionId: uuid(),
    /** Percent by arm. */
    weights: jsonb().$type<Record<string, number>>().notNull(),
    /** Bandit: the chance of each arm to be the best, and how many people that rests on. */
    chances: jsonb().$type<Record<string, number>>(),
    people: integer(),
  },
  (table) => [index("experiment_weights_of").on(table.experimentId, table.validFrom)],
);

export const experimentHappenings = [
  "planned",
  "started",
  "published",
  "weights",
  "verdict",
  "note",
  "consented",
  "consent-withdrawn",
  "stopped",
  "decided",
  "reopened",
] as const;

/** What happened to an experiment, for its log. Rows are never changed. */
export const experimentLog = pgTable(
  "experiment_log",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    experimentId: uuid()
      .notNull()
      .references(() => experiment.id, { onDelete: "cascade" }),
    at: moment().notNull(),
    kind: text({ enum: experimentHappenings }).notNull(),
    /** A person's id, "api"; null: the product itself. */
    actor: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index("experiment_log_of").on(table.experimentId, table.at)],
);

/** A number that a workspace measures experiments by: an event that a system of theirs sends, where a rule holds. */
export const customMetric = pgTable(
  "custom_metric",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    name: text().notNull(),
    event: text().notNull(),
    rule: jsonb().$type<Rule>().notNull(),
    /** happened: people to whom it happened at all. count: how many times per person. sum: of the value at `path`, per person. */
    measure: text({ enum: ["happened", "count", "sum"] }).notNull(),
    /** Path of the value in the event's properties: "event.amount". */
    path: text(),
    isLowerBetter: boolean().notNull().default(false),
    windowHours: integer().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    archivedAt: moment(),
  },
  (table) => [index("custom_metric_workspace").on(table.workspaceId, table.name)],
);
