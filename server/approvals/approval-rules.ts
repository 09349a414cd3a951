import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { approvalRules } from "#db/schema/index.ts";
import type { Purpose } from "#flow/graph.ts";
import { type TemplateCategory, templateCategories } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Actor } from "#server/trpc.ts";

/** More than three would be a committee. */
const Count = z.number().int().min(1).max(3);

/** How many approvals a change takes. Of the rules that fit a change, the strictest counts. */
export const ApprovalRules = z.strictObject({
  /** For everything. */
  needed: Count.default(1),
  /** Templates of this category, and flows that send one. */
  byCategory: z.partialRecord(z.enum(templateCategories), Count).default({}),
  /** What touches fraud or money: flows whose purpose is, or was until now, fraud or transaction, and templates that such flows send. */
  fraudOrMoney: Count.default(1),
  /** Changes that last month's events say would reach this many people. */
  byReach: z
    .strictObject({ people: z.number().int().min(1), needed: Count })
    .nullable()
    .default(null),
  /** A REST key with the scope flows:publish publishes a flow without a second person, for pipelines; audited as such. */
  keysMayPublish: z.boolean().default(false),
});
export type ApprovalRules = z.infer<typeof ApprovalRules>;

/** The rules of a workspace; those that apply where nobody set any. */
export async function readApprovalRules(db: Queryable, workspaceId: string): Promise<ApprovalRules> {
  const [row] = await db
    .select({ rules: approvalRules.rules })
    .from(approvalRules)
    .where(eq(approvalRules.workspaceId, workspaceId));
  return ApprovalRules.parse(row?.rules ?? {});
}

/** Changes the rules for requests from now on; those that are open keep what they were told. */
export async function setApprovalRules(actor: Actor, rules: ApprovalRules): Promise<ApprovalRules> {
  const { workspaceId, userId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const from = await readApprovalRules(tx, workspaceId);
    const change = { rules, updatedBy: userId, updatedAt: actor.clock.now() };
    await tx
      .insert(approvalRules)
      .values({ workspaceId, ...change })
      .onConflictDoUpdate({ target: approvalRules.workspaceId, set: change });
    await recordAudit(tx, actor, {
      action: "set-approval-rules",
      subject: "workspace",
      subjectId: workspaceId,
      detail: { from, to: rules },
    });
  });
  return rules;
}

/**
 * What a change is, as far as the rules ask. `people` is null where nobody was to count: then reach adds nothing. A change whose people
 * are too many to be counted in time is one that reaches many.
 */
export type Change = {
  categories: readonly TemplateCategory[];
  purposes: readonly Purpose[];
  people: number | "uncounted" | null;
};

/** Approvals that a change takes. Pure. */
export function neededFor(rules: ApprovalRules, { categories, purposes, people }: Change): number {
  const isFraudOrMoney = purposes.includes("fraud") || purposes.includes("transaction");
  return Math.max(
    rules.needed,
    ...categories.map((category) => rules.byCategory[category] ?? 0),
    isFraudOrMoney ? rules.fraudOrMoney : 0,
    rules.byReach && reachesMany(people, rules.byReach.people) ? rules.byReach.needed : 0,
  );
}

const reachesMany = (people: Change["people"], many: number): boolean =>
  people === "uncounted" || (people !== null && people >= many);
