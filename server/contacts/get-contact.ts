import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { consent, contact, enrollment, event, flow, flowVersion, handOff, message, upload } from "#db/schema/index.ts";
import { withEnds } from "#flow/gate/consent.ts";
import { DomainError } from "../errors.ts";
import { maskPhone, maskPhoneWithin } from "../mask-phone.ts";
import type { Actor } from "../trpc.ts";
import { isOnList } from "./consent-filters.ts";
import { readConsentRules } from "./read-consent-rules.ts";

export const ContactInput = z.strictObject({ contactId: z.uuid() });

const timelineLength = 100;

/** A person with consent history, the flows they are in and the newest 100 facts of each kind, newest first. */
export async function getContact(actor: Actor, { contactId }: z.output<typeof ContactInput>) {
  const [person] = await actor.db
    .select()
    .from(contact)
    .where(and(eq(contact.id, contactId), eq(contact.workspaceId, actor.session.workspaceId)));
  if (!person) throw new DomainError("not-found", "This person is not in your workspace.");
  const [consents, enrollments, timeline, listed] = await Promise.all([
    actor.db.select().from(consent).where(eq(consent.contactId, contactId)).orderBy(desc(consent.at)),
    readEnrollments(actor, contactId),
    readTimeline(actor, { contactId, phone: person.phone }),
    actor.db.select({ isListed: isOnList }).from(contact).where(eq(contact.id, contactId)),
  ]);
  const { exempt, ...ends } = await readConsentRules(actor);
  return {
    consentExempt: exempt,
    /** On the workspace's suppression list. */
    isListed: listed[0]?.isListed ?? false,
    contact: { ...person, consents: withEnds(person.consents, ends), phone: maskPhone(person.phone), waId: null },
    consents,
    enrollments,
    timeline,
  };
}

const readEnrollments = (actor: Actor, contactId: string) =>
  actor.db
    .select({
      id: enrollment.id,
      flowId: enrollment.flowId,
      flowName: flow.name,
      version: flowVersion.number,
      status: enrollment.status,
      nodeId: enrollment.nodeId,
      wakeAt: enrollment.wakeAt,
      enteredAt: enrollment.enteredAt,
      endedAt: enrollment.endedAt,
      endReason: enrollment.endReason,
      goalAt: enrollment.goalAt,
    })
    .from(enrollment)
    .innerJoin(flow, eq(flow.id, enrollment.flowId))
    .innerJoin(flowVersion, eq(flowVersion.id, enrollment.versionId))
    .where(eq(enrollment.contactId, contactId))
    .orderBy(desc(enrollment.enteredAt))
    .limit(timelineLength);

/** Events, messages, hand-offs and documents in one list: what happened to this person, in one order. */
async function readTimeline(actor: Actor, { contactId, phone }: { contactId: string; phone: string | null }) {
  const { db } = actor;
  const [events, messages, handOffs, uploads] = await Promise.all([
    db
      .select({ id: event.id, at: event.receivedAt, name: event.name, properties: event.properties })
      .from(event)
      .where(eq(event.contactId, contactId))
      .orderBy(desc(event.receivedAt))
      .limit(timelineLength),
    db
      .select({
        id: message.id,
        at: message.createdAt,
        direction: message.direction,
        status: message.status,
        reason: message.reason,
        template: message.template,
        content: message.content,
        flowId: message.flowId,
      })
      .from(message)
      .where(eq(message.contactId, contactId))
      .orderBy(desc(message.createdAt))
      .limit(timelineLength),
    db
      .select({
        id: handOff.id,
        at: handOff.createdAt,
        queue: handOff.queue,
        priority: handOff.priority,
        status: handOff.status,
      })
      .from(handOff)
      .where(eq(handOff.contactId, contactId))
      .orderBy(desc(handOff.createdAt))
      .limit(timelineLength),
    db
      .select({
        id: upload.id,
        at: upload.createdAt,
        fileName: upload.fileName,
        mime: upload.mime,
        bytes: upload.bytes,
      })
      .from(upload)
      .where(eq(upload.contactId, contactId))
      .orderBy(desc(upload.createdAt))
      .limit(timelineLength),
  ]);
  return [
    // What a system says of a person names their number; no page shows it whole.
    ...events.map((row) => ({ kind: "event" as const, ...row, properties: maskPhoneWithin(row.properties, phone) })),
    ...messages.map((row) => ({ kind: "message" as const, ...row })),
    ...handOffs.map((row) => ({ kind: "hand-off" as const, ...row })),
    ...uploads.map((row) => ({ kind: "upload" as const, ...row })),
  ].sort((left, right) => right.at.getTime() - left.at.getTime());
}
