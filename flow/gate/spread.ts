import { bucket } from "../bucket.ts";

/** Minutes over which the messages that waited for an opening leave (docs/limits.md). */
export const spreadMinutes = 30;

/**
 * So long after the opening one message leaves, of all those that waited for it: a whole city's reminders at 08:00 sharp would
 * stand in line at the number and reach the call centre at once. The same key has the same place, however often it is
 * asked. The stretch takes at most half of the time that is left before the hours close and before the message expires.
 */
export function spreadAfter(
  opening: number,
  { key, closesAt, expiresAt }: { key: string; closesAt: number | null; expiresAt: number | null },
): { delayMs: number; overMs: number } {
  const ends = [closesAt, expiresAt].filter((end) => end !== null);
  const room = Math.min(...ends.map((end) => Math.max(0, (end - opening) / 2)));
  const overMs = Math.floor(Math.min(spreadMinutes * 60_000, room));
  return { delayMs: Math.floor(bucket("spread", key) * overMs), overMs };
}
