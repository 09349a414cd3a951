import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { contact, message, outbox, template, templateLanguage } from "#db/schema/index.ts";
import { templateVariables } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId, shardOf } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";

export const SendTestMessage = z.strictObject({ contactId: z.uuid(), templateId: z.uuid() });

const serviceLane = 2;
const expiresAfterMs = 15 * 60_000;

/**
 * Sends a template with its sample values to one person, by the way that all messages go: the gate decides, the lane and the pace
 * hold, and the person must have agreed to service messages. Answers the message's id; it leaves in a moment.
 */
export async function sendTestMessage(
  actor: Actor,
  { contactId, templateId }: z.infer<typeof SendTestMessage>,
): Promise<{ messageId: string }> {
  const { db, clock, session } = actor;
  const { workspaceId } = session;
  const person = await db.$count(contact, and(eq(contact.id, contactId), eq(contact.workspaceId, workspaceId)));
  if (person === 0) throw new DomainError("not-found", "This person is not in your workspace.");
  const chosen = (await readTestTemplates(actor)).find((one) => one.id === templateId);
  if (!chosen)
    throw new DomainError("refused", "Pick a template that WhatsApp has approved and that needs no link or document.");
  const messageId = newId();
  const row = { workspaceId, shard: shardOf(workspaceId, contactId), contactId, createdAt: clock.now() };
  const request = {
    template: chosen.name,
    purpose: "service",
    values: chosen.samples,
    links: {},
    sendingHours: null,
  } as const;
  await db.transaction(async (tx) => {
    await tx.insert(message).values({
      ...row,
      id: messageId,
      direction: "outbound",
      purpose: "service",
      type: "template",
      template: chosen.name,
      status: "queued",
    });
    await tx.insert(outbox).values({
      ...row,
      messageId,
      lane: serviceLane,
      request,
      notBefore: row.createdAt,
      expiresAt: new Date(row.createdAt.getTime() + expiresAfterMs),
    });
    await recordAudit(tx, actor, {
      action: "send-test-message",
      subject: "message",
      subjectId: messageId,
      detail: { template: chosen.name, contactId },
    });
  });
  return { messageId };
}

/** Approved templates whose samples fill all of them: no link that has to be made, no document that has to be there. */
export async function readTestTemplates({ db, session }: Actor) {
  const rows = await db
    .select({
      id: template.id,
      name: template.name,
      samples: template.samples,
      language: templateLanguage.language,
      header: templateLanguage.header,
      body: templateLanguage.body,
      footer: templateLanguage.footer,
      buttons: templateLanguage.buttons,
    })
    .from(template)
    .innerJoin(templateLanguage, eq(templateLanguage.templateId, template.id))
    .where(
      and(
        eq(template.workspaceId, session.workspaceId),
        eq(templateLanguage.status, "approved"),
        eq(template.category, "utility"),
      ),
    )
    .orderBy(template.name, templateLanguage.language)
    .limit(500);
  const usable = rows.filter((row) => templateVariables(row).every((name) => Object.hasOwn(row.samples, name)));
  return [...new Map(usable.map((row) => [row.id, row])).values()];
}

export const ReadTestMessage = z.strictObject({ messageId: z.uuid() });

/** Where a test message is: its status, and each check of the gate when it did not leave. */
export async function readTestMessage({ db, session }: Actor, { messageId }: z.infer<typeof ReadTestMessage>) {
  const [row] = await db
    .select({
      status: message.status,
      reason: message.reason,
      errorCode: message.errorCode,
      errorDetail: message.errorDetail,
      checks: message.checks,
    })
    .from(message)
    .where(and(eq(message.id, messageId), eq(message.workspaceId, session.workspaceId)));
  if (!row) throw new DomainError("not-found", "This message is not in your workspace.");
  return row;
}
