import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { message } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ConnectionCheck } from "#server/channels/channel.ts";
import { channelFor } from "#server/channels/index.ts";
import { openConnection } from "#server/channels/open-connection.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import type { OneChannel } from "./change-channel.ts";
import { checkHook, type HookCheck } from "./check-hook.ts";
import { findChannel } from "./find-channel.ts";
import { hookUrl } from "./hook-url.ts";

export type ChannelCheck = ConnectionCheck | HookCheck;

/** Asks the provider and our own public address whether all is as it must be. Takes up to 15 seconds; changes nothing. */
export async function checkChannel(
  actor: Actor,
  { channelId }: z.infer<typeof OneChannel>,
): Promise<{ checks: ChannelCheck[]; lastCallAt: Date | null; at: Date }> {
  const { db, env, clock, session } = actor;
  const row = await findChannel(db, session.workspaceId, channelId);
  const connection = openConnection(env.secret, row);
  const port = channelFor(row.provider);
  const [report, hook] = await Promise.all([
    port.checkConnection(connection, AbortSignal.timeout(15_000)),
    checkHook(hookUrl(env, row), { verifyToken: connection.verifyToken, probe: port.signedProbe(connection) }),
  ]);
  return { checks: [...report.checks, ...hook], lastCallAt: await readLastCall(actor, channelId), at: clock.now() };
}

/** When the provider last told anything by this number: the proof that its calls come through. Looks at the newest hundred messages. */
async function readLastCall({ db, session }: Actor, channelId: string): Promise<Date | null> {
  const newest = db
    .select({
      channelId: message.channelId,
      at: sql`case when ${message.direction} = 'inbound' then ${message.createdAt}
                   else greatest(${message.deliveredAt}, ${message.readAt}) end`
        .mapWith(message.createdAt)
        .as("at"),
    })
    .from(message)
    .where(eq(message.workspaceId, session.workspaceId))
    .orderBy(desc(message.id))
    .limit(100)
    .as("newest");
  const [row] = await db
    .select({ at: newest.at })
    .from(newest)
    .where(and(eq(newest.channelId, channelId), sql`${newest.at} is not null`))
    .orderBy(desc(newest.at))
    .limit(1);
  return row?.at ?? null;
}

/** Has the provider bring this number's webhooks here: no visit to the app's settings is needed. */
export async function subscribeChannel(actor: Actor, { channelId }: z.infer<typeof OneChannel>): Promise<void> {
  const { db, env, session } = actor;
  const row = await findChannel(db, session.workspaceId, channelId);
  const connection = openConnection(env.secret, row);
  const answer = await channelFor(row.provider).subscribe(connection, hookUrl(env, row), AbortSignal.timeout(15_000));
  await db.transaction((tx) =>
    recordAudit(tx, actor, {
      action: "subscribe-channel",
      subject: "channel",
      subjectId: channelId,
      detail: { outcome: answer.outcome },
    }),
  );
  if (answer.outcome !== "accepted")
    throw new DomainError("refused", `WhatsApp did not take our address: ${answer.detail}`);
}
