import type { Channel } from "../channel.ts";
import { callGraph } from "./graph.ts";

/**
 * POST /{account}/subscribed_apps with our own address in place of the app's (Meta: override the callback URL): one app may serve
 * several installations, and nobody has to open the app's settings.
 */
export const subscribe: Channel["subscribe"] = async (connection, hookUrl, signal) => {
  const body = { override_callback_uri: hookUrl, verify_token: connection.verifyToken };
  const answer = await callGraph(connection, { path: `${connection.accountId}/subscribed_apps`, body, signal });
  if (answer.kind === "ok") return { outcome: "accepted" };
  if (answer.kind === "unclear") return { outcome: "unknown", detail: answer.detail };
  if (answer.kind === "not-sent") return { outcome: "refused", detail: answer.detail };
  return { outcome: "refused", detail: answer.refusal?.detail ?? `HTTP ${answer.httpStatus}` };
};
