import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import {
  contact,
  message,
  outbox,
  type SendRequest,
  template,
  templateLanguage,
  testNumber,
} from "#db/schema/index.ts";
import { templateVariables } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId, shardOf } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";

export const SendTestMessage = z.strictObject({
  contactId: z.uuid(),
  templateId: z.uuid(),
  /** In the place of sample values, by variable. */
  values: z.record(z.string().max(80), z.string().max(2000)).optional(),
});

const lanes = { service: 2, marketing: 3 } as const;
const linkHours = 24;
const expiresAfterMs = 15 * 60_000;

/**
 * Sends a template with its sample values, or others, to one test number, by the way that all messages go: the gate decides, the lane
 * and the pace hold, and the person must have agreed to service messages, of a marketing template to marketing. Its links lead to our own
 * front page for a day. Answers the message's id; it leaves in a moment.
 */
export async function sendTestMessage(
  actor: Actor,
  { contactId, templateId, values = {} }: z.infer<typeof SendTestMessage>,
): Promise<{ messageId: string }> {
  const { db, clock, session } = actor;
  const { workspaceId } = session;
  const person = await db.$count(contact, and(eq(contact.id, contactId), eq(contact.workspaceId, workspaceId)));
  if (person === 0) throw new DomainError("not-found", "This person is not in your workspace.");
  const allowed = await db.$count(
    testNumber,
    and(eq(testNumber.contactId, contactId), eq(testNumber.workspaceId, workspaceId)),
  );
  if (allowed === 0)
    throw new DomainError("refused", "This person is no test number. An owner adds test numbers under Channels.", {
      rule: "no-test-number",
    });
  const chosen = (await readApproved(actor)).filter((one) => one.id === templateId);
  const [first] = chosen;
  if (!first) throw new DomainError("refused", "Pick a template that WhatsApp has approved.");
  const needed = [...new Set(chosen.flatMap(templateVariables))];
  const texts = { ...first.samples, ...values };
  const missing = needed.filter((name) => !name.startsWith("link.") && !texts[name]?.trim());
  if (missing.length > 0)
    throw new DomainError("refused", `Say what fills ${missing.join(", ")}, then send the test.`, { missing });
  const purpose = first.category === "marketing" ? "marketing" : "service";
  const messageId = newId();
  const row = { workspaceId, shard: shardOf(workspaceId, contactId), contactId, createdAt: clock.now() };
  const request = {
    template: first.name,
    purpose,
    values: Object.fromEntries(needed.flatMap((name) => (texts[name] === undefined ? [] : [[name, texts[name]]]))),
    links: Object.fromEntries(needed.filter((name) => name.startsWith("link.")).map((name) => [name, linkTo(actor)])),
    sendingHours: null,
  } satisfies SendRequest;
  await db.transaction(async (tx) => {
    await tx.insert(message).values({
      ...row,
      id: messageId,
      direction: "outbound",
      purpose,
      type: "template",
      template: first.name,
      status: "queued",
    });
    await tx.insert(outbox).values({
      ...row,
      messageId,
      lane: lanes[purpose],
      request,
      notBefore: row.createdAt,
      expiresAt: new Date(row.createdAt.getTime() + expiresAfterMs),
    });
    await recordAudit(tx, actor, {
      action: "send-test-message",
      subject: "message",
      subjectId: messageId,
      detail: { template: first.name, contactId },
    });
  });
  return { messageId };
}

const linkTo = ({ env }: Actor) =>
  ({ from: "link", kind: "tracked", target: env.publicUrl, validHours: linkHours }) as const;

/** Approved templates whose samples fill all of them. */
export async function readTestTemplates(actor: Actor) {
  const usable = (await readApproved(actor)).filter((row) =>
    templateVariables(row).every((name) => name.startsWith("link.") || Object.hasOwn(row.samples, name)),
  );
  return [...new Map(usable.map((row) => [row.id, row])).values()];
}

/** Every approved language of every template, the bank's own words only: a code to sign in with is not sent to try it. */
function readApproved({ db, session }: Actor) {
  return db
    .select({
      id: template.id,
      name: template.name,
      category: template.category,
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
        ne(template.category, "authentication"),
      ),
    )
    .orderBy(template.name, templateLanguage.language)
    .limit(500);
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
