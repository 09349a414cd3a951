import { z } from "zod";
import { verifyCallback } from "../account/verify-callback.ts";
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
  const problem = await verifyCallback(url, verifyToken);
  if (problem !== null) throw controlError(400, `The callback URL could not be validated: ${problem}`);
  const { hooks } = sandbox.world.account;
  const callback = { url, verifyToken };
  if (scope === "number") await sandbox.commit({ k: "hooks", hooks: { ...hooks, ofNumber: callback } });
  else if (scope === "account") await sandbox.commit({ k: "hooks", hooks: { ...hooks, ofAccount: callback } });
  else
    await sandbox.commit({
      k: "subscription",
      subscription: {
        ...callback,
        appSecret: app_secret ?? sandbox.identity.appSecret,
        ...(version === undefined ? {} : { version: Number(version.slice(1, 3)) }),
      },
    });
  return { success: true };
}
