import { createHash } from "node:crypto";

/** What all fixed ids without a moment of their own are dated: rows that were "always there". */
const base = Date.UTC(2026, 0, 1);

/**
 * A uuidv7 that is the same in every demo: its time is `at`, its random part comes from `name`. So rows of the history sort by
 * when they happened, as rows made by the product do.
 */
export function fixedId(name: string, at: number = base): string {
  const hash = createHash("sha256").update(`chasqui-demo:${name}`).digest("hex");
  const time = Math.trunc(at).toString(16).padStart(12, "0");
  const variant = ((Number.parseInt(hash.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}

/** Numbers from 0 to below 1, the same sequence for the same name (mulberry32): the demo looks the same on every machine. */
export function fixedRandom(name: string): () => number {
  let state = createHash("sha256").update(name).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the list. */
export function pick<T>(list: readonly [T, ...T[]], random: () => number): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}
