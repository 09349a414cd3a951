import { createHash } from "node:crypto";

/**
 * A message id in Meta's outer form: `wamid.` and base64 of 1C 18 <length> <phone> 15 02 00 <11 sent by the business | 12 by
 * the user> 18 <length> <hex> 00. The hex comes from seed and sequence, so that a run can be repeated byte by byte.
 */
export function wamidOf(seed: string, sequence: number, phoneDigits: string, sender: "business" | "user"): string {
  const length = sender === "business" ? 18 : 20;
  const hex = createHash("sha1").update(`${seed}:${sender}:${sequence}`).digest("hex").slice(0, length).toUpperCase();
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, phoneDigits.length]),
    Buffer.from(phoneDigits, "latin1"),
    Buffer.from([0x15, 0x02, 0x00, sender === "business" ? 0x11 : 0x12, 0x18, length]),
    Buffer.from(hex, "latin1"),
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString("base64")}`;
}

/** A number from 0 to 1 that depends on nothing but seed and name: how delays differ from message to message. */
export function seededFraction(seed: string, name: string): number {
  return createHash("sha1").update(`${seed}:${name}`).digest().readUInt32BE(0) / 0xffffffff;
}
