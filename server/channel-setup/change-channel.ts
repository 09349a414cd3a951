import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { channel } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { channelFor } from "#server/channels/index.ts";
import { openConnection, secretPlace } from "#server/channels/open-connection.ts";
import { seal } from "#server/secret.ts";
import type { Actor } from "#server/trpc.ts";
import { bringForward } from "./bring-forward.ts";
import { AppSecret, refuseUnlessFits, Token } from "./connect-channel.ts";
import { type ChannelRow, findChannel, lockChannel } from "./find-channel.ts";

export const OneChannel = z.strictObject({ channelId: z.uuid() });
export const RenameChannel = z.strictObject({ channelId: z.uuid(), name: z.string().trim().min(1).max(80) });
export const SetMarketingEndpoint = z.strictObject({
  channelId: z.uuid(),
  endpoint: z.enum(["fallback", "strict"]).nullable(),
});
export const ReplaceToken = z.strictObject({ channelId: z.uuid(), token: Token, appSecret: AppSecret.optional() });

export const renameChannel = (actor: Actor, { channelId, name }: z.infer<typeof RenameChannel>) =>
  change(actor, { channelId, action: "rename-channel" }, (stored) =>
    stored.name === name ? null : { set: { name }, detail: { from: stored.name, to: name } },
  );

/** Which way marketing templates leave: like all messages (null), or by the Marketing Messages API with or without the usual way behind it. */
export const setMarketingEndpoint = (
  actor: Actor,
  { channelId, endpoint }: z.infer<typeof SetMarketingEndpoint>,
): Promise<void> =>
  change(actor, { channelId, action: "set-marketing-endpoint" }, ({ marketingEndpoint }) =>
    marketingEndpoint === endpoint
      ? null
      : { set: { marketingEndpoint: endpoint }, detail: { from: marketingEndpoint, to: endpoint } },
  );

/** Nothing leaves by this number until it is resumed; what is queued waits, and expires as it always would. */
export const pauseChannel = (actor: Actor, { channelId }: z.infer<typeof OneChannel>) =>
  change(actor, { channelId, action: "pause-channel" }, (stored) =>
    stored.status === "paused" ? null : { set: { status: "paused", statusReason: "paused-by-hand" }, detail: {} },
  );

export const resumeChannel = (actor: Actor, { channelId }: z.infer<typeof OneChannel>) =>
  change(actor, { channelId, action: "resume-channel" }, (stored) =>
    stored.status === "connected"
      ? null
      : { set: { status: "connected", statusReason: null }, detail: { reason: stored.statusReason } },
  );

/** Puts another token, and app secret where it is given, in place of the old one once the provider accepts it; a number that the old one had paused goes on. */
export async function replaceToken(actor: Actor, { channelId, token, appSecret }: z.infer<typeof ReplaceToken>) {
  const { db, env, session } = actor;
  const stored = await findChannel(db, session.workspaceId, channelId);
  const connection = { ...openConnection(env.secret, stored), token };
  const report = await channelFor(stored.provider).checkConnection(connection, AbortSignal.timeout(15_000));
  refuseUnlessFits(report);
  await change(actor, { channelId, action: "replace-channel-token" }, (row) => ({
    set: {
      tokenSealed: seal(env.secret, secretPlace(row, "token"), token),
      ...(appSecret ? { appSecretSealed: seal(env.secret, secretPlace(row, "app-secret"), appSecret) } : {}),
      ...(row.statusReason === "paused-by-hand" ? {} : { status: "connected", statusReason: null }),
    },
    detail: { withAppSecret: appSecret !== undefined },
  }));
}

type Change = { set: Partial<typeof channel.$inferInsert>; detail: Record<string, unknown> };

/** Changes a locked channel and writes it into the audit log, both or neither. Null: it is so already. */
async function change(
  actor: Actor,
  { channelId, action }: { channelId: string; action: string },
  decide: (stored: ChannelRow) => Change | null,
): Promise<void> {
  await actor.db.transaction(async (tx: Transaction) => {
    const { workspaceId } = actor.session;
    const stored = await lockChannel(tx, workspaceId, channelId);
    const decided = decide(stored);
    if (!decided) return;
    await tx.update(channel).set(decided.set).where(eq(channel.id, channelId));
    if (stored.status === "paused" && decided.set.status === "connected")
      await bringForward(tx, { workspaceId, now: actor.clock.now() });
    await recordAudit(tx, actor, { action, subject: "channel", subjectId: channelId, detail: decided.detail });
  });
}
