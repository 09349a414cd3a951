import { eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { channel } from "#db/schema/index.ts";

/**
 * The order in which a workspace's numbers send: the oldest connected one first, and while none is connected the oldest. The one place
 * that says so: the dispatcher, the templates and the screens ask it. `name` is that of the table in the query.
 */
export const sendingOrder = (name = "channel"): string =>
  `(${name}.status = 'connected') desc, ${name}.created_at, ${name}.id`;

/** The number that a workspace sends by; undefined while it has none. */
export async function readSendingNumber(db: Queryable, workspaceId: string) {
  const [row] = await db
    .select()
    .from(channel)
    .where(eq(channel.workspaceId, workspaceId))
    .orderBy(sql.raw(sendingOrder()))
    .limit(1);
  return row;
}
