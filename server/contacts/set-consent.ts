import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { consent, contact } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import type { Actor } from "../trpc.ts";

export const SetConsentInput = z.strictObject({
  contactId: z.uuid(),
  purpose: z.enum(["service", "marketing"]),
  state: z.enum(["granted", "withdrawn"]),
  /** How the person said so: the proof that GDPR art. 7(1) asks for. */
  wording: z.string().trim().min(3, "Say how the person agreed or withdrew, in a few words").max(500),
});

/** Writes a consent that somebody of the workspace took down: a ledger row, the current state and the audit, together. */
export async function setConsent(actor: Actor, input: z.output<typeof SetConsentInput>) {
  const { workspaceId, userId } = actor.session;
  const at = actor.clock.now();
  await actor.db.transaction(async (tx) => {
    const [person] = await tx
      .select({ consents: contact.consents })
      .from(contact)
      .where(and(eq(contact.id, input.contactId), eq(contact.workspaceId, workspaceId)))
      .for("update");
    if (!person) throw new DomainError("not-found", "This person is not in your workspace.");
    await tx.insert(consent).values({ id: newId(), workspaceId, ...input, source: "person", actor: userId, at });
    const consents = {
      ...person.consents,
      [input.purpose]: { state: input.state, at: at.toISOString(), source: "person" },
    };
    await tx.update(contact).set({ consents, updatedAt: at }).where(eq(contact.id, input.contactId));
    const { contactId, ...detail } = input;
    await recordAudit(tx, actor, { action: "set-consent", subject: "contact", subjectId: contactId, detail });
  });
  return { ok: true };
}
