import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { backtest, user } from "#db/schema/index.ts";
import { isPerson } from "#server/auth/person-name.ts";
import { canonicalHash } from "../canonical-json.ts";
import { findFlow } from "../flows/find-flow.ts";
import type { Actor } from "../trpc.ts";

export const ListBacktests = z.strictObject({ flowId: z.uuid() });

const mostListed = 10;

/** A process that has been silent for so long is dead. */
const isSilent = sql<boolean>`${backtest.status} in ('queued', 'running') and ${backtest.beatAt} < now() - interval '30 seconds'`;

/**
 * The newest backtests of a flow with what came out, newest first. `isCurrent`: it played the draft as it stands. One whose process
 * died is told as failed.
 */
export async function listBacktests(actor: Actor, { flowId }: z.infer<typeof ListBacktests>) {
  const { db, session } = actor;
  const { draft } = await findFlow(db, session.workspaceId, flowId);
  const hash = canonicalHash(draft);
  const rows = await db
    .select({
      id: backtest.id,
      status: backtest.status,
      isSilent,
      hash: sql<string>`${backtest.request} ->> 'hash'`,
      days: sql<number>`(${backtest.request} ->> 'days')::integer`,
      since: sql<number>`(${backtest.request} ->> 'since')::double precision`,
      until: sql<number>`(${backtest.request} ->> 'until')::double precision`,
      policy: sql<(typeof backtest.$inferSelect)["request"]["policy"]>`${backtest.request} -> 'policy'`,
      progress: backtest.progress,
      result: backtest.result,
      error: backtest.error,
      by: user.name,
      createdAt: backtest.createdAt,
      finishedAt: backtest.finishedAt,
    })
    .from(backtest)
    .leftJoin(user, isPerson(backtest.createdBy))
    .where(and(eq(backtest.flowId, flowId), eq(backtest.workspaceId, session.workspaceId)))
    .orderBy(desc(backtest.createdAt))
    .limit(mostListed);
  return rows.map(({ hash: played, isSilent: isDead, status, ...row }) => ({
    ...row,
    status: isDead ? ("failed" as const) : status,
    isCurrent: played === hash,
  }));
}

export type ListedBacktest = Awaited<ReturnType<typeof listBacktests>>[number];
