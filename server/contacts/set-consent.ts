import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { consent, contact } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import type { Actor } from "../trpc.ts";

export const SetConsentInput = z.strictObject({
  contactId: z.uuid(),
  purpose: z.enum(consentPurposes),
  state: z.enum(["granted", "withdrawn"]),
  /** How the person said so: the proof that GDPR art. 7(1) asks for. */
  wording: z.string().trim().min(3, "Say how the person agreed or withdrew, in a few words").max(500),
  /** The last day on which it holds, "2027-11-29"; null or left out: until it is withdrawn. Nothing for a withdrawal. */
  until: z.iso.date().nullish(),
});

/** In UTC: a consent that ends hours early or late ends on the day that was said in every zone or the one beside it. */
const endOfDay = (day: string): Date => new Date(Date.parse(day) + 86_400_000);

/** Writes a consent that somebody of the workspace took down: a ledger row, the current state and the audit, together. */
export async function setConsent(actor: Actor, input: z.output<typeof SetConsentInput>) {
  const { workspaceId, userId } = actor.session;
  const at = actor.clock.now();
  const { until, ...act } = input;
  const expiresAt = until && input.state === "granted" ? endOfDay(until) : null;
  if (expiresAt && expiresAt <= at) throw new DomainError("bad-input", "A consent cannot end before it begins.");
  await actor.db.transaction(async (tx) => {
    const [person] = await tx
      .select({ consents: contact.consents })
      .from(contact)
      .where(and(eq(contact.id, input.contactId), eq(contact.workspaceId, workspaceId)))
      .for("update");
    if (!person) throw new DomainError("not-found", "This person is not in your workspace.");
    await tx
      .insert(consent)
      .values({ id: newId(), workspaceId, ...act, source: "person", actor: userId, at, expiresAt });
    const consents = {
      ...person.consents,
      [input.purpose]: {
        state: input.state,
        at: at.toISOString(),
        source: "person",
        ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
      },
    };
    await tx.update(contact).set({ consents, updatedAt: at }).where(eq(contact.id, input.contactId));
    const { contactId, ...detail } = input;
    await recordAudit(tx, actor, { action: "set-consent", subject: "contact", subjectId: contactId, detail });
  });
  return { ok: true };
}
