import { and, desc, eq, ne } from "drizzle-orm";
import { flow } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

/** Names for the jump list, the latest changed first; at most 200. */
export const listFlowNames = ({ db, session }: Actor): Promise<{ id: string; name: string }[]> =>
  db
    .select({ id: flow.id, name: flow.name })
    .from(flow)
    .where(and(eq(flow.workspaceId, session.workspaceId), ne(flow.status, "archived")))
    .orderBy(desc(flow.updatedAt))
    .limit(200);
