import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { contact, optInLink } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import { randomCode } from "../secret.ts";
import type { Actor } from "../trpc.ts";

export const OptInLinkInput = z.strictObject({ contactId: z.uuid() });

const codeLength = 22;
const validMs = 14 * 86_400_000;

/**
 * Makes the address of a page on which one person says what they agree to, good for two weeks and one answer. Whoever has the
 * address speaks for the person: it goes to them alone, by a way that is known to be theirs.
 */
export async function makeOptInLink(
  actor: Actor,
  { contactId }: z.output<typeof OptInLinkInput>,
): Promise<{ url: string; expiresAt: Date }> {
  const { db, session, clock, env } = actor;
  const { workspaceId, userId } = session;
  const code = randomCode(codeLength);
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + validMs);
  await db.transaction(async (tx) => {
    const own = and(eq(contact.id, contactId), eq(contact.workspaceId, workspaceId));
    const [person] = await tx.select({ id: contact.id }).from(contact).where(own);
    if (!person) throw new DomainError("not-found", "This person is not in your workspace.");
    await tx.insert(optInLink).values({ code, workspaceId, contactId, createdBy: userId, createdAt: now, expiresAt });
    // Not the code: whoever reads the log must not be able to answer for the person.
    const detail = { expiresAt: expiresAt.toISOString() };
    await recordAudit(tx, actor, { action: "make-opt-in-link", subject: "contact", subjectId: contactId, detail });
  });
  return { url: `${env.publicUrl}/o/${code}`, expiresAt };
}
