import { and, count, eq } from "drizzle-orm";
import { handOff } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

/** What the rail shows beside its icons. */
export async function readBadges({ db, session }: Actor): Promise<{ openHandOffs: number }> {
  const [row] = await db
    .select({ openHandOffs: count() })
    .from(handOff)
    .where(and(eq(handOff.workspaceId, session.workspaceId), eq(handOff.status, "open")));
  return { openHandOffs: row?.openHandOffs ?? 0 };
}
