import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { contact, testNumber } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { maskPhone } from "#server/mask-phone.ts";
import type { Actor } from "#server/trpc.ts";

export const OneTestNumber = z.strictObject({ contactId: z.uuid() });

/** As many as a team needs; whoever wants more is sending, not testing. */
export const mostTestNumbers = 50;

/** The people whom test messages may reach, in the order they were added. Phones are masked. */
export async function listTestNumbers({ db, session }: Actor) {
  const rows = await db
    .select({
      contactId: contact.id,
      firstName: contact.firstName,
      lastName: contact.lastName,
      externalId: contact.externalId,
      phone: contact.phone,
      locale: contact.locale,
    })
    .from(testNumber)
    .innerJoin(contact, eq(contact.id, testNumber.contactId))
    .where(eq(testNumber.workspaceId, session.workspaceId))
    .orderBy(asc(testNumber.addedAt), asc(contact.id));
  return rows.map((row) => ({ ...row, phone: maskPhone(row.phone) }));
}

/** Allows test messages to a person; again is the same. */
export async function allowTestNumber(actor: Actor, { contactId }: z.infer<typeof OneTestNumber>): Promise<void> {
  const { db, clock, session } = actor;
  const { workspaceId, userId } = session;
  await db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: contact.id })
      .from(contact)
      .where(and(eq(contact.id, contactId), eq(contact.workspaceId, workspaceId)));
    if (!person) throw new DomainError("not-found", "This person is not in your workspace.");
    if ((await tx.$count(testNumber, eq(testNumber.workspaceId, workspaceId))) >= mostTestNumbers)
      throw new DomainError("refused", `There are ${mostTestNumbers} test numbers. Take one away first.`);
    const added = await tx
      .insert(testNumber)
      .values({ contactId, workspaceId, addedBy: userId, addedAt: clock.now() })
      .onConflictDoNothing()
      .returning({ contactId: testNumber.contactId });
    if (added.length === 0) return;
    await recordAudit(tx, actor, {
      action: "allow-test-number",
      subject: "contact",
      subjectId: contactId,
      detail: {},
    });
  });
}

/** Takes the permission back; a test that is queued already still goes through the gate. */
export async function forbidTestNumber(actor: Actor, { contactId }: z.infer<typeof OneTestNumber>): Promise<void> {
  const { db, session } = actor;
  await db.transaction(async (tx) => {
    const gone = await tx
      .delete(testNumber)
      .where(and(eq(testNumber.contactId, contactId), eq(testNumber.workspaceId, session.workspaceId)))
      .returning({ contactId: testNumber.contactId });
    if (gone.length === 0) throw new DomainError("not-found", "This person is no test number of your workspace.");
    await recordAudit(tx, actor, {
      action: "forbid-test-number",
      subject: "contact",
      subjectId: contactId,
      detail: {},
    });
  });
}
