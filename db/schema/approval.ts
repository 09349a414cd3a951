import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Graph } from "#flow/graph.ts";
import type { DraftContent } from "#flow/lint-template.ts";
import type { MovePlan } from "#flow/move-plan.ts";
import type { TemplateCategory } from "#flow/template.ts";
import { createdAt, id, moment } from "./columns.ts";
import { workspace } from "./workspace.ts";

export const approvalStates = ["open", "changes-requested", "approved", "rejected", "withdrawn"] as const;
export const approvalVerdicts = ["approve", "request-changes", "reject"] as const;

/** What is asked to go live, as it stood when it was asked: a later change of the draft changes nothing here. */
export type Snapshot =
  | { kind: "flow"; name: string; graph: Graph }
  | {
      kind: "template";
      name: string;
      category: TemplateCategory;
      samples: Record<string, string>;
      languages: DraftContent[];
    };

/** One person's request that a flow's draft or a template's text may go live. */
export const approval = pgTable(
  "approval",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    subject: text({ enum: ["flow", "template"] }).notNull(),
    subjectId: uuid().notNull(),
    snapshot: jsonb().$type<Snapshot>().notNull(),
    /** sha256 of what goes live: an approval counts for exactly this. */
    hash: text().notNull(),
    /** What it replaces; null when nothing of it was live or approved before. */
    before: jsonb().$type<Snapshot>(),
    beforeVersion: integer(),
    /** The version it becomes. */
    version: integer().notNull(),
    askedBy: text().notNull(),
    /** Who asked, and everybody who wrote on it since the last version: none of them may approve it. */
    authors: text().array().notNull(),
    why: text().notNull(),
    /** A flow's only: what becomes of the people inside, and when it goes live (null: with the last approval). Part of what is approved. */
    plan: jsonb().$type<MovePlan>(),
    publishAt: moment(),
    state: text({ enum: approvalStates }).notNull().default("open"),
    /** Approvals it takes, by the workspace's rules at the time. */
    needed: smallint().notNull(),
    askedAt: moment().notNull(),
    /** When it stopped being open. */
    closedAt: moment(),
  },
  (table) => [
    index("approval_subject").on(table.subjectId, table.askedAt),
    index("approval_closed").on(table.workspaceId, table.closedAt),
    // One request at a time for each thing: asking again takes the place of the one before.
    uniqueIndex("approval_open").on(table.workspaceId, table.subjectId).where(sql`state = 'open'`),
  ],
);

/** What one person decided, for good. Once per person and request. */
export const approvalDecision = pgTable(
  "approval_decision",
  {
    approvalId: uuid()
      .notNull()
      .references(() => approval.id),
    workspaceId: uuid().notNull(),
    userId: text().notNull(),
    verdict: text({ enum: approvalVerdicts }).notNull(),
    /** Needed unless it is an approval. */
    reason: text(),
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.approvalId, table.userId] })],
);

export const approvalComment = pgTable(
  "approval_comment",
  {
    id: id(),
    approvalId: uuid()
      .notNull()
      .references(() => approval.id),
    workspaceId: uuid().notNull(),
    userId: text().notNull(),
    /** The step's id, or the template's field ("en.body"); null: about the whole. */
    place: text(),
    text: text().notNull(),
    at: moment().notNull(),
    /** When somebody said that it is settled; null while it is open. */
    resolvedAt: moment(),
    resolvedBy: text(),
  },
  (table) => [index("approval_comment_request").on(table.approvalId, table.at)],
);

/** Who needs how many approvals (server/approvals/approval-rules.ts reads it); no row: one for everything. */
export const approvalRules = pgTable("approval_rules", {
  workspaceId: uuid()
    .primaryKey()
    .references(() => workspace.id),
  rules: jsonb().$type<Record<string, unknown>>().notNull(),
  updatedBy: text().notNull(),
  updatedAt: createdAt(),
});
