import { randomInt } from "node:crypto";
import { request } from "undici";

/** Meta's GET handshake (section 11): the address must answer 200 with the challenge. Answers what is wrong, or null. */
export async function verifyCallback(url: string, verifyToken: string): Promise<string | null> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const handshake = new URL(url);
  handshake.searchParams.set("hub.mode", "subscribe");
  handshake.searchParams.set("hub.challenge", challenge);
  handshake.searchParams.set("hub.verify_token", verifyToken);
  try {
    const response = await request(handshake, { headersTimeout: 10_000, bodyTimeout: 10_000 });
    const text = await response.body.text();
    return response.statusCode === 200 && text === challenge
      ? null
      : `it answered ${response.statusCode} instead of 200 with the challenge.`;
  } catch (error) {
    return `it could not be reached: ${error instanceof Error ? error.message : "unknown"}`;
  }
}
