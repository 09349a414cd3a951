import { createHash } from "node:crypto";

/** Unleash's place of a person, 1 to `normalizer`: murmur3 of 32 bits over "group:id" (unleash-client-node, strategy/util). */
export const unleashNormalized = (input: { id: string; groupId: string; normalizer: number; seed: number }): number =>
  (murmur3(Buffer.from(`${input.groupId}:${input.id}`), input.seed) % input.normalizer) + 1;

/** PlanOut's uniform number of a unit: the first 15 hex digits of a SHA-1. */
export function planoutUniform(input: { experimentSalt: string; salt: string; unit: string }): number {
  const digest = createHash("sha1").update(`${input.experimentSalt}.${input.salt}.${input.unit}`).digest("hex");
  return Number.parseInt(digest.slice(0, 15), 16) / (16 ** 15 - 1);
}

const turn = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/** MurmurHash3, x86, 32 bits (Appleby, public domain). */
function murmur3(bytes: Buffer, seed: number): number {
  const mix = (value: number) => Math.imul(turn(Math.imul(value, 0xcc9e2d51), 15), 0x1b873593);
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed;
  for (let at = 0; at < whole; at += 4)
    hash = (Math.imul(turn(hash ^ mix(bytes.readInt32LE(at)), 13), 5) + 0xe6546b64) | 0;
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at -= 1) tail = (tail << 8) | (bytes[at] ?? 0);
  hash ^= mix(tail) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
