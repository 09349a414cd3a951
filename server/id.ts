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
  return textOf(bytes);
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
let writtenMs = -1;
let writtenTime = "";

/** 48 bits of time, 32 of the sequence and 42 random ones, around version and variant. Ids of one millisecond begin alike. */
function textOf(random: Uint8Array): string {
  if (writtenMs !== lastMs) {
    const digits = lastMs.toString(16).padStart(12, "0");
    writtenTime = `${digits.slice(0, 8)}-${digits.slice(8)}-`;
    writtenMs = lastMs;
  }
  const at = (byte: number): string => hex[byte & 0xff] ?? "";
  const high = at(0x70 | (sequence >>> 28)) + at(sequence >>> 20);
  const middle = at(0x80 | ((sequence >>> 14) & 0x3f)) + at(sequence >>> 6);
  const low = at((sequence << 2) | ((random[10] ?? 0) & 0x03)) + at(random[11] ?? 0) + at(random[12] ?? 0);
  return `${writtenTime}${high}-${middle}-${low}${at(random[13] ?? 0)}${at(random[14] ?? 0)}${at(random[15] ?? 0)}`;
}

const shardCount = 256;

/** The shard of a contact (0 to 255): FNV-1a over workspace and contact id. Never change it: rows carry it. */
export function shardOf(workspaceId: string, contactId: string): number {
  let hash = 0x811c9dc5;
  for (const char of workspaceId + contactId) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return (hash ^ (hash >>> 16)) & (shardCount - 1);
}
