import { sql } from "drizzle-orm";
import { readSendingNumber } from "#server/channels/sending-number.ts";
import type { Actor } from "#server/trpc.ts";

/** How many of the newest events count as "lately", and how far back they are looked for: a quiet workspace must not read a year of the others'. */
const recentEvents = 2_000;
const recentDays = 30;

/** What a starter may need and the workspace may have: the events that arrived lately and the number that sends. */
export async function readReadiness({
  db,
  session,
  clock,
}: Actor): Promise<{ seenEvents: string[]; number: string | null }> {
  const number = await readSendingNumber(db, session.workspaceId);
  const since = new Date(clock.now().getTime() - recentDays * 86_400_000).toISOString();
  const { rows } = await db.execute<{ name: string }>(sql`
    select distinct name
    from (select name from event where workspace_id = ${session.workspaceId} and received_at >= ${since}::timestamptz order by id desc limit ${recentEvents}) recent`);
  return { seenEvents: rows.map((row) => row.name), number: number?.phone ?? null };
}
