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
  /** Templates of this category. */
  byCategory: z.partialRecord(z.enum(templateCategories), Count).default({}),
  /** Flows that touch fraud or money: their purpose is fraud or transaction. */
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

/** What a change is, as far as the rules ask. `people` is null where nobody counted: then reach adds nothing. */
export type Change = { category: TemplateCategory | null; purpose: Purpose | null; people: number | null };

/** Approvals that a change takes. Pure. */
export function neededFor(rules: ApprovalRules, { category, purpose, people }: Change): number {
  const isFraudOrMoney = purpose === "fraud" || purpose === "transaction";
  return Math.max(
    rules.needed,
    (category && rules.byCategory[category]) || 0,
    isFraudOrMoney ? rules.fraudOrMoney : 0,
    rules.byReach && people !== null && people >= rules.byReach.people ? rules.byReach.needed : 0,
  );
}
