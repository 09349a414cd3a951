import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { workspace } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { roles } from "../auth/permissions.ts";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { drawSecret } from "../secret.ts";
import { insertPerson } from "./insert-person.ts";

export const AddPerson = z.strictObject({
  /** The workspace's short name, as `npm run workspace` printed it. */
  workspace: z.string().min(1),
  name: z.string().trim().min(1).max(80),
  email: z.email().toLowerCase(),
  role: z.enum(roles),
  language: z.enum(["en", "fr"]),
});

/**
 * Adds somebody to a workspace from the operator's shell, audited as "system", and answers the password that is shown once. Refuses
 * an unknown workspace, and an e-mail address that is known already.
 */
export async function addPerson(
  db: Database,
  clock: Clock,
  { workspace: slug, ...person }: z.output<typeof AddPerson>,
): Promise<{ password: string }> {
  const password = drawSecret(12);
  await db.transaction(async (tx) => {
    const [place] = await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.slug, slug));
    if (!place) throw new DomainError("not-found", `There is no workspace ${slug}.`);
    const userId = await insertPerson(tx, { ...person, workspaceId: place.id, password, at: clock.now() });
    await recordAudit(
      tx,
      { clock, actor: "system", workspaceId: place.id },
      { action: "add-person", subject: "user", subjectId: userId, detail: { role: person.role } },
    );
  });
  return { password };
}
