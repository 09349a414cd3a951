import { createHmac, timingSafeEqual } from "node:crypto";
import { isSameSecret } from "../../secret.ts";
import type { Channel, Connection } from "../channel.ts";

/**
 * X-Hub-Signature-256 is `sha256=` and the hex HMAC-SHA-256 of the raw bytes under the app secret (Meta: validating payloads).
 * Without a secret nothing is genuine: everybody can sign with an empty one.
 */
export const isGenuine: Channel["isGenuine"] = (connection, rawBody, headers) => {
  const header = headers["x-hub-signature-256"];
  const hex = typeof header === "string" ? /^sha256=([0-9a-f]{64})$/.exec(header)?.[1] : undefined;
  if (hex === undefined || connection.appSecret === "") return false;
  const expected = createHmac("sha256", connection.appSecret).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(hex, "hex"));
};

/** An empty call of Meta's, signed: our own door must take it, and must refuse it with another signature. */
export const signedProbe: Channel["signedProbe"] = ({ appSecret }) => {
  const body = '{"object":"whatsapp_business_account","entry":[]}';
  const hex = createHmac("sha256", appSecret).update(body).digest("hex");
  return { body, headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${hex}` } };
};

/** Meta's subscription check: answers the challenge when the verify token is ours; never when none is set. */
export function answerHandshake(connection: Connection, query: URLSearchParams): string | null {
  const challenge = query.get("hub.challenge");
  if (query.get("hub.mode") !== "subscribe" || challenge === null || challenge === "") return null;
  if (connection.verifyToken === "") return null;
  return isSameSecret(query.get("hub.verify_token") ?? "", connection.verifyToken) ? challenge : null;
}
