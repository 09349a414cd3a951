import { v7 } from "uuid";

/** A new uuidv7: sorts by time of making, so primary keys stay compact and pages can be cut by id. */
export const newId = (): string => v7();

const shardCount = 256;

/** The shard of a contact (0 to 255): FNV-1a over workspace and contact id. Never change it: rows carry it. */
export function shardOf(workspaceId: string, contactId: string): number {
  let hash = 0x811c9dc5;
  for (const char of workspaceId + contactId) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return (hash ^ (hash >>> 16)) & (shardCount - 1);
}
