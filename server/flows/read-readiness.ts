import { eq, sql } from "drizzle-orm";
import { channel } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

/** How many of the newest events count as "lately". */
const recentEvents = 2_000;

/** What a starter may need and the workspace may have: the events that arrived lately and the number that sends. */
export async function readReadiness({ db, session }: Actor): Promise<{ seenEvents: string[]; number: string | null }> {
  const [number] = await db
    .select({ phone: channel.phone })
    .from(channel)
    .where(eq(channel.workspaceId, session.workspaceId))
    .orderBy(channel.id)
    .limit(1);
  const { rows } = await db.execute<{ name: string }>(sql`
    select distinct name
    from (select name from event where workspace_id = ${session.workspaceId} order by id desc limit ${recentEvents}) recent`);
  return { seenEvents: rows.map((row) => row.name), number: number?.phone ?? null };
}
