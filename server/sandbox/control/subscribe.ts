import { randomInt } from "node:crypto";
import { request } from "undici";
import { z } from "zod";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";

const Input = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  verify_token: z.string().min(1).optional(),
  app_secret: z.string().min(1).optional(),
});

/**
 * Subscribes a webhook address after Meta's GET handshake: the address must answer 200 with the challenge. Token and secret
 * are those of the demo number unless given.
 */
export async function subscribe(sandbox: Sandbox, input: unknown): Promise<object> {
  const { url, verify_token, app_secret } = Input.parse(input);
  const verifyToken = verify_token ?? sandbox.identity.verifyToken;
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
  await sandbox.commit({
    k: "subscription",
    subscription: { url, verifyToken, appSecret: app_secret ?? sandbox.identity.appSecret },
  });
  return { success: true };
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
