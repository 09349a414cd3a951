import { and, desc, eq, isNull } from "drizzle-orm";
import { accessKey, user } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";
import { keyPrefix } from "./make-key.ts";

/** The keys that work, newest first. Of the key itself only beginning and end are known. */
export async function listKeys({ db, session }: Actor) {
  const rows = await db
    .select({
      keyId: accessKey.id,
      kind: accessKey.kind,
      name: accessKey.name,
      last4: accessKey.last4,
      scopes: accessKey.scopes,
      createdAt: accessKey.createdAt,
      lastUsedAt: accessKey.lastUsedAt,
      /** Null: the operator, or the demo. */
      createdBy: user.name,
    })
    .from(accessKey)
    .leftJoin(user, eq(user.id, accessKey.createdBy))
    .where(and(eq(accessKey.workspaceId, session.workspaceId), isNull(accessKey.revokedAt)))
    .orderBy(desc(accessKey.createdAt), desc(accessKey.id));
  return rows.map(({ last4, ...row }) => ({ ...row, shown: `${keyPrefix[row.kind]}…${last4}` }));
}
