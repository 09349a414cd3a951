import { and, count, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { flowCase } from "#db/schema/index.ts";
import { caseLimits, FlowCase } from "#flow/flow-case.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { lockFlow } from "./find-flow.ts";
import { readCases } from "./list-cases.ts";

export const SaveCase = z.strictObject({
  flowId: z.uuid(),
  /** The case that it takes the place of; absent: a new one. */
  caseId: z.uuid().optional(),
  case: FlowCase,
});

/** Keeps a test run with its flow: from now on it has to come out as expected before the flow goes live. Answers its id. */
export async function saveCase(
  actor: Actor,
  { flowId, caseId, ...input }: z.infer<typeof SaveCase>,
): Promise<{ caseId: string }> {
  const { db, session, clock } = actor;
  return db.transaction(async (tx) => {
    const stored = await lockFlow(tx, session.workspaceId, flowId);
    if (!caseId) {
      await assertRoom(tx, flowId);
      const [id = ""] = await insertCases(tx, actor, { flowId, cases: [input.case] });
      return { caseId: id };
    }
    const changed = await tx
      .update(flowCase)
      .set({ ...input.case, createdBy: session.userId, createdAt: clock.now() })
      .where(and(eq(flowCase.id, caseId), eq(flowCase.flowId, stored.id)))
      .returning({ id: flowCase.id });
    if (changed.length === 0) throw new DomainError("not-found", "This test case does not exist any more.");
    await tell(tx, actor, { flowId, caseIds: [caseId] });
    return { caseId };
  });
}

async function assertRoom(tx: Transaction, flowId: string): Promise<void> {
  const [row] = await tx.select({ n: count() }).from(flowCase).where(eq(flowCase.flowId, flowId));
  if ((row?.n ?? 0) >= caseLimits.perFlow)
    throw new DomainError("refused", `A flow has at most ${caseLimits.perFlow} test cases. Delete one first.`);
}

/** New cases of a flow that the caller has locked or made; audited. Answers their ids, in their order. */
export async function insertCases(
  tx: Transaction,
  actor: Actor,
  { flowId, cases }: { flowId: string; cases: readonly FlowCase[] },
): Promise<string[]> {
  if (cases.length === 0) return [];
  const { userId, workspaceId } = actor.session;
  const now = actor.clock.now().getTime();
  const rows = cases.map(({ name, start, actions, expected }, place) => ({
    ...{ id: newId(), workspaceId, flowId, name, start, actions, expected },
    createdBy: userId,
    // They keep their order.
    createdAt: new Date(now + place),
  }));
  await tx.insert(flowCase).values(rows);
  const ids = rows.map(({ id }) => id);
  await tell(tx, actor, { flowId, caseIds: ids });
  return ids;
}

/** Puts these cases in the place of all that a locked flow has. Who kept them stays known where nothing changes. */
export async function replaceCases(
  tx: Transaction,
  actor: Actor,
  { flowId, cases }: { flowId: string; cases: readonly FlowCase[] },
): Promise<void> {
  const before = await readCases(tx, flowId);
  if (canonicalHash(before.map(({ id: _, ...kept }) => kept)) === canonicalHash(cases)) return;
  await tx.delete(flowCase).where(eq(flowCase.flowId, flowId));
  for (const { id: caseId, name } of before) {
    const detail = { caseId, name };
    await recordAudit(tx, actor, { action: "delete-case", subject: "flow", subjectId: flowId, detail });
  }
  await insertCases(tx, actor, { flowId, cases });
}

const tell = (tx: Transaction, actor: Actor, { flowId, caseIds }: { flowId: string; caseIds: string[] }) =>
  recordAudit(tx, actor, { action: "save-case", subject: "flow", subjectId: flowId, detail: { caseIds } });
