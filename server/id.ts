import { v7 } from "uuid";

/** Drawn for many ids at once: asking the system for each id's 16 bytes cost several times more than the rest of the id. */
const random = new Uint8Array(16 * 256);
let used = random.length;
let lastMs = 0;
let sequence = 0;

/**
 * A new uuidv7: sorts by time of making, so primary keys stay compact and pages can be cut by id. Ids of one process are strictly
 * ascending: within a millisecond they count up from a random number (RFC 9562, 6.2).
 */
export function newId(): string {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  const bytes = random.subarray(used, used + 16);
  used += 16;
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // 31 random bits leave room to count; what would pass 32 bits moves on to the next millisecond.
    sequence = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) >>> 1;
  } else {
    sequence = (sequence + 1) >>> 0;
    if (sequence === 0) lastMs++;
  }
  return v7({ random: bytes, msecs: lastMs, seq: sequence });
}

const shardCount = 256;

/** The shard of a contact (0 to 255): FNV-1a over workspace and contact id. Never change it: rows carry it. */
export function shardOf(workspaceId: string, contactId: string): number {
  let hash = 0x811c9dc5;
  for (const char of workspaceId + contactId) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return (hash ^ (hash >>> 16)) & (shardCount - 1);
}

/** Below every id that newId made at this moment or later: with it "since Monday" is a range of primary keys. */
export const firstIdAt = (at: Date): string => {
  const time = Math.max(0, at.getTime()).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
};
