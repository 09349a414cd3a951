import { randomInt } from "node:crypto";
import { request } from "undici";
import { z } from "zod";
import type { Override } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";

const Input = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  verify_token: z.string().min(1).optional(),
  app_secret: z.string().min(1).optional(),
  /** The Graph version the subscriber listens in: up to v23 statuses name conversations. */
  version: z
    .string()
    .regex(/^v\d\d(\.0)?$/)
    .optional(),
  /** Only for messages and statuses of the number or the account, instead of the app's callback. */
  scope: z.enum(["app", "account", "number"]).default("app"),
});

/**
 * Subscribes a webhook address after Meta's GET handshake: the address must answer 200 with the challenge. Token and secret
 * are those of the demo number unless given.
 */
export async function subscribe(sandbox: Sandbox, input: unknown): Promise<object> {
  const { url, verify_token, app_secret, version, scope } = Input.parse(input);
  const verifyToken = verify_token ?? sandbox.identity.verifyToken;
  if (scope !== "app") {
    const id = scope === "number" ? sandbox.identity.phoneNumberId : sandbox.identity.accountId;
    await setOverride(sandbox, { scope, id, url, verifyToken });
    return { success: true };
  }
  await shakeHands(url, verifyToken);
  await sandbox.commit({
    k: "subscription",
    subscription: {
      url,
      verifyToken,
      appSecret: app_secret ?? sandbox.identity.appSecret,
      ...(version === undefined ? {} : { version: Number(version.slice(1, 3)) }),
    },
  });
  return { success: true };
}

/** Gives a number or an account a callback of its own, after the same handshake (section 11: number, then account, then app). */
export async function setOverride(sandbox: Sandbox, override: Override): Promise<void> {
  await shakeHands(override.url, override.verifyToken);
  await sandbox.commit({ k: "override", override });
}

export const removeOverride = (sandbox: Sandbox, scope: Override["scope"], id: string): Promise<void> =>
  sandbox.commit({ k: "override-gone", scope, id });

async function shakeHands(url: string, verifyToken: string): Promise<void> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const handshake = new URL(url);
  handshake.searchParams.set("hub.mode", "subscribe");
  handshake.searchParams.set("hub.challenge", challenge);
  handshake.searchParams.set("hub.verify_token", verifyToken);
  const { status, text } = await ask(handshake);
  if (status !== 200 || text !== challenge)
    throw controlError(
      400,
      `The callback URL could not be validated: it answered ${status} instead of 200 with the challenge.`,
    );
}

async function ask(url: URL): Promise<{ status: number; text: string }> {
  try {
    const response = await request(url, { headersTimeout: 10_000, bodyTimeout: 10_000 });
    return { status: response.statusCode, text: await response.body.text() };
  } catch (error) {
    throw controlError(
      400,
      `The callback URL could not be reached: ${error instanceof Error ? error.message : "unknown"}`,
    );
  }
}
