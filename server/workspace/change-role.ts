import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { roles } from "../auth/permissions.ts";
import type { Actor } from "../trpc.ts";
import { keepAnOwner, lockMember, OnePerson } from "./find-member.ts";

export const ChangeRole = OnePerson.extend({ role: z.enum(roles) });

/** Gives somebody another role, from their next request on. The last owner stays one. Audited. */
export async function changeRole(actor: Actor, { userId, role }: z.output<typeof ChangeRole>): Promise<{ ok: true }> {
  const { workspaceId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const before = await lockMember(tx, workspaceId, userId);
    if (before.role === role) return;
    await keepAnOwner(tx, workspaceId, before.role);
    await tx
      .update(member)
      .set({ role })
      .where(and(eq(member.workspaceId, workspaceId), eq(member.userId, userId)));
    await recordAudit(tx, actor, {
      action: "change-role",
      subject: "user",
      subjectId: userId,
      detail: { from: { role: before.role }, to: { role } },
    });
  });
  return { ok: true };
}
