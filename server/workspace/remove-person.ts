import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { member, session as sessionTable } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Actor } from "../trpc.ts";
import { keepAnOwner, lockMember, type OnePerson } from "./find-member.ts";

/**
 * Takes somebody out of the workspace and ends their sessions at once; what they did stays under their name. The last owner cannot
 * go. Keys they made go on working: they belong to the workspace. Audited.
 */
export async function removePerson(actor: Actor, { userId }: z.output<typeof OnePerson>): Promise<{ ok: true }> {
  const { workspaceId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const { role } = await lockMember(tx, workspaceId, userId);
    await keepAnOwner(tx, workspaceId, role);
    await tx.delete(member).where(and(eq(member.workspaceId, workspaceId), eq(member.userId, userId)));
    await tx.delete(sessionTable).where(eq(sessionTable.userId, userId));
    await recordAudit(tx, actor, { action: "remove-person", subject: "user", subjectId: userId, detail: { role } });
  });
  return { ok: true };
}
