import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { channel } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Connection, ConnectionReport } from "#server/channels/channel.ts";
import { channelFor } from "#server/channels/index.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import { seal } from "#server/secret.ts";
import type { Actor } from "#server/trpc.ts";
import { metaUrl } from "./list-channels.ts";

const provider = "meta-cloud";
/** Meta's ids are 15 to 17 digits today; nothing says that they stay so. */
const MetaId = z
  .string()
  .trim()
  .regex(/^\d{5,24}$/, "Copy the number as it stands in Meta's settings: digits only.");
export const Token = z.string().trim().min(20, "This is too short for an access token.").max(1024);
export const AppSecret = z
  .string()
  .trim()
  .regex(/^[0-9a-f]{32}$/i, "An app secret has 32 characters, 0 to 9 and a to f.");

export const ConnectChannel = z.strictObject({
  name: z.string().trim().min(1, "Give the number a name.").max(80),
  /** The sandbox: only where this installation has one. The address itself never comes from outside. */
  at: z.enum(["meta", "sandbox"]).default("meta"),
  phoneNumberId: MetaId,
  accountId: MetaId,
  token: Token,
  appSecret: AppSecret,
});

/**
 * Connects a number: asks the provider with what was typed, and keeps it, sealed, only when token, number and account fit together.
 * Refused with each check's outcome otherwise, so that the screen can say what to mend. Nothing of it is kept then.
 */
export async function connectChannel(
  actor: Actor,
  input: z.infer<typeof ConnectChannel>,
): Promise<{ channelId: string }> {
  const { db, env, clock, session } = actor;
  if (input.at === "sandbox" && !env.isDemo)
    throw new DomainError("refused", "This installation has no sandbox. Connect a number of Meta's.");
  const row = { id: newId(), workspaceId: session.workspaceId };
  const connection: Connection = {
    channelId: row.id,
    baseUrl: input.at === "meta" ? metaUrl : `http://127.0.0.1:${env.sandboxPort}`,
    phoneNumberId: input.phoneNumberId,
    accountId: input.accountId,
    token: input.token,
    appSecret: input.appSecret,
    verifyToken: randomBytes(16).toString("hex"),
  };
  const report = await channelFor(provider).checkConnection(connection, AbortSignal.timeout(15_000));
  const phone = refuseUnlessFits(report);
  await db.transaction(async (tx) => {
    const isOurs = and(eq(channel.workspaceId, row.workspaceId), eq(channel.phoneNumberId, input.phoneNumberId));
    if ((await tx.$count(channel, isOurs)) > 0)
      throw new DomainError("conflict", "This number is connected already. Open it in the list to change its token.");
    await tx.insert(channel).values({
      ...row,
      provider,
      name: input.name,
      phone,
      phoneNumberId: connection.phoneNumberId,
      accountId: connection.accountId,
      baseUrl: connection.baseUrl,
      tokenSealed: seal(env.secret, secretPlace(row, "token"), connection.token),
      appSecretSealed: seal(env.secret, secretPlace(row, "app-secret"), connection.appSecret),
      verifyTokenSealed: seal(env.secret, secretPlace(row, "verify-token"), connection.verifyToken),
      hookToken: randomBytes(16).toString("hex"),
      createdAt: clock.now(),
    });
    const detail = { name: input.name, phoneNumberId: input.phoneNumberId, at: input.at };
    await recordAudit(tx, actor, { action: "connect-channel", subject: "channel", subjectId: row.id, detail });
  });
  return { channelId: row.id };
}

/** What has to fit before a number is kept; the rest may be mended later. */
const needed = ["token", "number", "account"] as const;

/** The number's phone. Throws with all checks when token, number and account do not fit together. */
export function refuseUnlessFits({ phone, checks }: ConnectionReport): string {
  const wrong = checks.find(({ name, state }) => needed.some((one) => one === name) && state !== "ok");
  if (wrong || phone === null)
    throw new DomainError(
      "refused",
      `WhatsApp does not accept this connection. ${wrong?.detail ?? "The number could not be read."}`,
      { checks },
    );
  return phone;
}
