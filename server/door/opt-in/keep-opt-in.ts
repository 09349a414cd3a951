import { and, eq, gt, isNull } from "drizzle-orm";
import { type ConsentState, consent, contact, optInLink } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import type { Door } from "../door.ts";
import type { Language } from "../texts.ts";
import type { FoundOptIn } from "./find-opt-in.ts";
import { type AskedPurpose, wordingOf } from "./opt-in-page.ts";

/** What a person agreed to on the page, and what tells later how. */
export type GivenOptIn = { purposes: AskedPurpose[]; language: Language; userAgent: string };

/**
 * Writes the consents with the very words that were on the page, and uses the link up, all or nothing. Their own STOP is taken back by
 * it, a block by the bank is not. False when the link was used or ran out in the meantime.
 */
export function keepOptIn(
  door: Door,
  { link, company, consentMonths }: FoundOptIn,
  given: GivenOptIn,
): Promise<boolean> {
  const at = door.clock.now();
  const expiresAt = consentMonths === null ? null : monthsAfter(at, consentMonths);
  const { workspaceId, contactId, code } = link;
  return door.db.transaction(async (tx) => {
    const isOpen = and(eq(optInLink.code, code), isNull(optInLink.usedAt), gt(optInLink.expiresAt, at));
    const used = await tx.update(optInLink).set({ usedAt: at }).where(isOpen).returning({ code: optInLink.code });
    if (used.length === 0) return false;
    const own = and(eq(contact.id, contactId), eq(contact.workspaceId, workspaceId));
    const [person] = await tx
      .select({ consents: contact.consents, suppressedReason: contact.suppressedReason })
      .from(contact)
      .where(own)
      .for("update");
    if (!person) return false;
    const consents: ConsentState = { ...person.consents };
    for (const purpose of given.purposes)
      consents[purpose] = {
        state: "granted",
        at: at.toISOString(),
        source: "page",
        ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
      };
    const isBack = person.suppressedReason === "opt-out";
    await tx
      .update(contact)
      .set({ consents, updatedAt: at, ...(isBack && { suppressedAt: null, suppressedReason: null }) })
      .where(own);
    await tx.insert(consent).values(
      given.purposes.map((purpose) => ({
        id: newId(),
        workspaceId,
        contactId,
        purpose,
        state: "granted" as const,
        source: "page",
        wording: wordingOf(given.language, company, purpose),
        proof: { link: code.slice(0, 6), language: given.language, userAgent: given.userAgent },
        actor: "contact",
        at,
        expiresAt,
      })),
    );
    return true;
  });
}

/** The same day of the month; where that month has none, its last. */
function monthsAfter(at: Date, months: number): Date {
  const after = new Date(at);
  after.setUTCMonth(after.getUTCMonth() + months);
  if (after.getUTCDate() !== at.getUTCDate()) after.setUTCDate(0);
  return after;
}
