import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { channel } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";

export type ChannelRow = typeof channel.$inferSelect;

/** The channel of one's own workspace; another workspace's id is answered like one that does not exist. */
export async function findChannel(db: Queryable, workspaceId: string, channelId: string): Promise<ChannelRow> {
  const [row] = await db.select().from(channel).where(ownChannel(workspaceId, channelId));
  return row ?? missing();
}

/** The same, and nobody else may change it until the transaction ends. */
export async function lockChannel(tx: Queryable, workspaceId: string, channelId: string): Promise<ChannelRow> {
  const [row] = await tx.select().from(channel).where(ownChannel(workspaceId, channelId)).for("update");
  return row ?? missing();
}

const ownChannel = (workspaceId: string, channelId: string) =>
  and(eq(channel.id, channelId), eq(channel.workspaceId, workspaceId));

function missing(): never {
  throw new DomainError(
    "not-found",
    "This number is not connected in your workspace. Go back to the list of channels.",
  );
}
