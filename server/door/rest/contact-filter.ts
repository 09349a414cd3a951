import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { contact } from "#db/schema/index.ts";
import { withEnds } from "#flow/gate/consent.ts";
import { readConsentRules } from "#server/contacts/read-consent-rules.ts";
import type { Actor } from "#server/trpc.ts";

/** A contact by our id, or by the id of the bank's own system: "external:cust_1002". */
export const ContactReference = z
  .string()
  .max(300)
  .refine(
    (text) => text.startsWith("external:") || z.uuid().safeParse(text).success,
    "Give our id, or external: and yours.",
  )
  .meta({ description: "Our id, or `external:<userId>`." });

/** Named one by one: a new column is not published by accident. */
const columns = {
  id: contact.id,
  externalId: contact.externalId,
  anonymousId: contact.anonymousId,
  phone: contact.phone,
  firstName: contact.firstName,
  lastName: contact.lastName,
  email: contact.email,
  locale: contact.locale,
  timezone: contact.timezone,
  attributes: contact.attributes,
  tags: contact.tags,
  consents: contact.consents,
  suppressedAt: contact.suppressedAt,
  suppressedReason: contact.suppressedReason,
  lastInboundAt: contact.lastInboundAt,
  createdAt: contact.createdAt,
  updatedAt: contact.updatedAt,
};

/** What may be known of a contact; undefined when the workspace has none like this. */
export async function findContact(actor: Actor, reference: string) {
  const { db, session } = actor;
  const { workspaceId } = session;
  const isIt = reference.startsWith("external:")
    ? eq(contact.externalId, reference.slice("external:".length))
    : eq(contact.id, reference);
  const [row] = await db
    .select(columns)
    .from(contact)
    .where(and(eq(contact.workspaceId, workspaceId), isIt));
  return row && { ...row, consents: withEnds(row.consents, await readConsentRules(actor)) };
}
