import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { backtest } from "#db/schema/index.ts";
import { SendPolicy } from "#flow/gate/policy.ts";
import { isRunnable, validate } from "#flow/validate.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { canonicalHash } from "../canonical-json.ts";
import { DomainError } from "../errors.ts";
import { findFlow } from "../flows/find-flow.ts";
import { readCatalog } from "../flows/read-catalog.ts";
import { newId } from "../id.ts";
import { findPolicy } from "../settings/read-policy.ts";
import type { Actor } from "../trpc.ts";
import { startProcess } from "./start-process.ts";

/** Published limits (docs/limits.md). */
export const backtestLimits = { mostDays: 90, openPerWorkspace: 5, keptDays: 30 } as const;

const Change = SendPolicy.shape;
export const StartBacktest = z.strictObject({
  flowId: z.uuid(),
  days: z.int().min(1).max(backtestLimits.mostDays),
  /** Rules in place of the workspace's. */
  policy: z
    .strictObject({ capPerDay: Change.capPerDay, rollingCap: Change.rollingCap, quietHours: Change.quietHours })
    .partial()
    .nullable()
    .default(null),
});

const dayMs = 86_400_000;

/**
 * Begins to play the flow's draft over the stored events of the last days; answers at once. Refused when the draft has no step that
 * lets anybody in, when the policy contradicts itself, and when too many backtests of the workspace are under way.
 */
export async function startBacktest(
  actor: Actor,
  input: z.infer<typeof StartBacktest>,
): Promise<{ backtestId: string }> {
  const { db, session, clock, env } = actor;
  const { workspaceId } = session;
  const { flowId, days, policy } = input;
  const stored = await findFlow(db, workspaceId, flowId);
  await assertPlayable(actor, stored.draft, stored.name);
  await assertPolicy(actor, policy);
  const now = clock.now();
  const request = {
    graph: stored.draft,
    hash: canonicalHash(stored.draft),
    days,
    since: now.getTime() - days * dayMs,
    until: now.getTime(),
    policy: policy && Object.keys(policy).length > 0 ? policy : null,
    versionId: stored.versionId,
  };
  const backtestId = newId();
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('start-backtest'), hashtext(${workspaceId}))`);
    const open = await tx
      .select({ id: backtest.id })
      .from(backtest)
      .where(
        and(
          eq(backtest.workspaceId, workspaceId),
          inArray(backtest.status, ["queued", "running"]),
          sql`${backtest.beatAt} > now() - interval '30 seconds'`,
        ),
      );
    if (open.length >= backtestLimits.openPerWorkspace)
      throw new DomainError("too-many", `${open.length} backtests are under way. Wait for one of them, or cancel it.`);
    await tx
      .delete(backtest)
      .where(
        and(
          eq(backtest.workspaceId, workspaceId),
          lt(backtest.createdAt, new Date(now.getTime() - backtestLimits.keptDays * dayMs)),
        ),
      );
    const row = { id: backtestId, workspaceId, flowId, request, createdBy: session.userId, createdAt: now };
    await tx.insert(backtest).values({ ...row, beatAt: sql`now()` });
    await recordAudit(tx, actor, {
      action: "start-backtest",
      subject: "flow",
      subjectId: flowId,
      detail: { backtestId, days, policy: request.policy, hash: request.hash },
    });
  });
  startProcess(backtestId, env);
  return { backtestId };
}

async function assertPlayable(
  { db, session }: Actor,
  graph: Parameters<typeof validate>[0],
  name: string,
): Promise<void> {
  const problems = validate(graph, await readCatalog(db, session.workspaceId));
  // A message that nobody has approved yet is no reason: a draft is tried before that.
  const standing = problems.filter((problem) => problem.rule !== "template-not-approved");
  if (isRunnable(standing)) return;
  const errors = standing.filter((problem) => problem.severity === "error").length;
  throw new DomainError(
    "refused",
    `${name} has ${errors === 1 ? "1 problem" : `${errors} problems`} to fix before it can be played.`,
    { problems: standing },
  );
}

async function assertPolicy({ db, session }: Actor, policy: z.infer<typeof StartBacktest>["policy"]): Promise<void> {
  if (!policy) return;
  const { policy: inForce } = await findPolicy(db, session.workspaceId);
  const read = SendPolicy.safeParse({ ...inForce, ...policy });
  if (!read.success)
    throw new DomainError("bad-input", read.error.issues[0]?.message ?? "These rules contradict each other.");
}
