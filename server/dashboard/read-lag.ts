import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";

const Row = z.object({ seconds: z.number(), isRecounting: z.boolean() });

/** How far the counts are behind: the age of the oldest change that is not added up. While all is counted anew, the old counts stand. */
export async function readLag({ db, session }: Actor) {
  const { rows } = await db.execute(sql`
    select coalesce(extract(epoch from now() - (
             select at from message_change where workspace_id = w.id order by id limit 1)), 0)::float8 as seconds,
           w.counted_zone is distinct from w.timezone as "isRecounting"
    from workspace w where w.id = ${session.workspaceId}`);
  return Row.parse(rows[0]);
}
