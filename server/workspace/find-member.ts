import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { member, workspace } from "#db/schema/index.ts";
import { DomainError } from "../errors.ts";

export const OnePerson = z.strictObject({ userId: z.uuid() });

/**
 * Somebody of the workspace, under the lock of its row: of two owners who take the role from each other at once, the second finds
 * the first gone. Not-found for anybody else.
 */
export async function lockMember(tx: Transaction, workspaceId: string, userId: string): Promise<{ role: string }> {
  await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, workspaceId)).for("update");
  const [found] = await tx
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.workspaceId, workspaceId), eq(member.userId, userId)));
  if (!found) throw new DomainError("not-found", "This person is not in your workspace. Reload the page.");
  return found;
}

/** Refuses to leave a workspace without an owner: nobody could let anybody in again. */
export async function keepAnOwner(tx: Transaction, workspaceId: string, role: string): Promise<void> {
  if (role !== "owner") return;
  const owners = await tx.$count(member, and(eq(member.workspaceId, workspaceId), eq(member.role, "owner")));
  if (owners < 2)
    throw new DomainError("refused", "This is the last owner. Make somebody else an owner first.", { lastOwner: true });
}
