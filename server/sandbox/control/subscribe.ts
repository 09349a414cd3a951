import { z } from "zod";
import { verifyCallback } from "../account/verify-callback.ts";
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
  const problem = await verifyCallback(url, verifyToken);
  if (problem !== null) throw controlError(400, `The callback URL could not be validated: ${problem}`);
  await sandbox.commit({
    k: "subscription",
    subscription: { url, verifyToken, appSecret: app_secret ?? sandbox.identity.appSecret },
  });
  return { success: true };
}
