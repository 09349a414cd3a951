import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { accessKey } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";

export const RevokeKey = z.strictObject({ keyId: z.uuid() });

/** Ends a key for good: a second later it opens nothing (server/door/access-keys.ts remembers for no longer). Audited. */
export async function revokeKey(actor: Actor, { keyId }: z.output<typeof RevokeKey>): Promise<{ ok: true }> {
  await actor.db.transaction(async (tx) => {
    const own = and(eq(accessKey.workspaceId, actor.session.workspaceId), isNull(accessKey.revokedAt));
    const [gone] = await tx
      .update(accessKey)
      .set({ revokedAt: actor.clock.now() })
      .where(and(eq(accessKey.id, keyId), own))
      .returning({ name: accessKey.name, kind: accessKey.kind });
    if (!gone) throw new DomainError("not-found", "This key is not there any more. Reload the page.");
    await recordAudit(tx, actor, { action: "revoke-key", subject: "access-key", subjectId: keyId, detail: gone });
  });
  return { ok: true };
}
