import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { applicationOf } from "./account-id.ts";
import type { Callback } from "./account-record.ts";
import { parse } from "./read-parameters.ts";
import { verifyCallback } from "./verify-callback.ts";

const Override = z.looseObject({
  override_callback_uri: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(200)]).optional(),
  verify_token: z.string().optional(),
});

/** GET /W/subscribed_apps */
export function listSubscribedApps(sandbox: Sandbox): object {
  const { isSubscribed, ofAccount } = sandbox.world.account.hooks;
  if (!isSubscribed) return { data: [] };
  return {
    data: [
      {
        whatsapp_business_api_data: applicationOf(sandbox),
        ...(ofAccount ? { override_callback_uri: ofAccount.url } : {}),
      },
    ],
  };
}

/** POST /W/subscribed_apps: without a body webhooks go to the application's address again, with one to the given address. */
export async function subscribeApp(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const ofAccount = await readCallback(parse(Override, parameters));
  await sandbox.commit({ k: "hooks", hooks: { ...sandbox.world.account.hooks, isSubscribed: true, ofAccount } });
  return { success: true };
}

/** DELETE /W/subscribed_apps: nothing is told from now on. */
export async function unsubscribeApp(sandbox: Sandbox): Promise<object> {
  await sandbox.commit({ k: "hooks", hooks: { ...sandbox.world.account.hooks, isSubscribed: false, ofAccount: null } });
  return { success: true };
}

/** POST /P with webhook_configuration: the number's own address, which goes before the account's. */
export async function setNumberCallback(sandbox: Sandbox, configuration: JsonObject): Promise<void> {
  const ofNumber = await readCallback(parse(Override, configuration));
  await sandbox.commit({ k: "hooks", hooks: { ...sandbox.world.account.hooks, ofNumber } });
}

/** The address has to answer Meta's challenge before it takes effect. */
async function readCallback(override: z.infer<typeof Override>): Promise<Callback | null> {
  const { override_callback_uri: url, verify_token: verifyToken } = override;
  if (!url) return null;
  if (!verifyToken) throw new GraphError(100, "The parameter verify_token is required with override_callback_uri.");
  const problem = await verifyCallback(url, verifyToken);
  if (problem !== null) throw new GraphError(2200, `Callback verification failed: ${problem}`);
  return { url, verifyToken };
}
