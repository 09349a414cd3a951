import { and, asc, eq, inArray, isNotNull, like, min } from "drizzle-orm";
import { contact, enrollment, flow, outbox } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";
import { type ChatRow, readChat } from "./sandbox-control.ts";

/** What a phone of the page shows: the person, where they are, how the phone is set, and the chat. */
export async function listPhones(actor: Actor) {
  const people = await readPeople(actor);
  const ids = people.map((person) => person.id);
  const [inside, planned, chats] = await Promise.all([
    readInside(actor, ids),
    readPlanned(actor, ids),
    Promise.all(people.map((person) => readChat(actor.env, (person.phone ?? "").replace(/\D/g, "")))),
  ]);
  const phones = people.flatMap((person, index) => {
    const chat = chats[index];
    if (!chat) return [];
    const { user, data } = chat;
    return [
      {
        contactId: person.id,
        externalId: person.externalId ?? "",
        firstName: person.firstName ?? "",
        lastName: person.lastName ?? "",
        locale: person.locale ?? "en",
        waId: user.wa_id,
        behaviour: user.behaviour,
        hasBlocked: user.has_blocked,
        hasStoppedMarketing: user.has_stopped_marketing,
        isInWindow: user.in_window,
        isTypedTo: user.is_typed_to,
        /** Faults that wait for the next message. */
        faultsAhead: chat.planted.length,
        inside: inside.filter((row) => row.contactId === person.id),
        chat: data.map(toChatMessage),
      },
    ];
  });
  return { now: actor.clock.now(), phones, planned };
}

/** The people whose phones are on the page: those the demo workspace was made with (customer ids that start with "demo-"). */
const readPeople = (actor: Actor) =>
  actor.db
    .select({
      id: contact.id,
      externalId: contact.externalId,
      firstName: contact.firstName,
      lastName: contact.lastName,
      locale: contact.locale,
      phone: contact.phone,
    })
    .from(contact)
    .where(
      and(
        eq(contact.workspaceId, actor.session.workspaceId),
        like(contact.externalId, "demo-%"),
        isNotNull(contact.phone),
      ),
    )
    .orderBy(asc(contact.externalId))
    .limit(12);

const readInside = (actor: Actor, ids: string[]) =>
  actor.db
    .select({
      contactId: enrollment.contactId,
      flowName: flow.name,
      nodeId: enrollment.nodeId,
      wakeAt: enrollment.wakeAt,
    })
    .from(enrollment)
    .innerJoin(flow, eq(flow.id, enrollment.flowId))
    .where(and(inArray(enrollment.contactId, ids), eq(enrollment.status, "waiting")))
    .orderBy(asc(enrollment.wakeAt));

/** What comes next on these phones by the clock alone: ends of waits, and messages that were put off. */
async function readPlanned(actor: Actor, ids: string[]) {
  const [waits, deferred] = await Promise.all([
    actor.db
      .select({ contactId: enrollment.contactId, at: enrollment.wakeAt, flowName: flow.name })
      .from(enrollment)
      .innerJoin(flow, eq(flow.id, enrollment.flowId))
      .where(and(inArray(enrollment.contactId, ids), eq(enrollment.status, "waiting"), isNotNull(enrollment.wakeAt))),
    actor.db
      .select({ contactId: outbox.contactId, at: min(outbox.notBefore) })
      .from(outbox)
      .where(and(inArray(outbox.contactId, ids), eq(outbox.status, "queued")))
      .groupBy(outbox.contactId),
  ]);
  const now = actor.clock.now();
  return [
    ...waits.flatMap((row) =>
      row.at ? [{ kind: "wait" as const, contactId: row.contactId, at: row.at, flowName: row.flowName }] : [],
    ),
    ...deferred.flatMap((row) =>
      row.at && row.at > now
        ? [{ kind: "message" as const, contactId: row.contactId, at: row.at, flowName: null }]
        : [],
    ),
  ].sort((left, right) => left.at.getTime() - right.at.getTime());
}

const toChatMessage = (row: ChatRow) => ({
  wamid: row.wamid,
  isFromBusiness: row.direction === "outbound",
  status: row.status,
  at: new Date(row.at),
  type: row.type,
  body: row.body,
  rendered: row.rendered,
  content: row.content,
  template: row.template,
  repliesTo: row.context_wamid,
  errorCode: row.error_code,
  files: row.media.map((file) => ({
    id: file.id,
    mimeType: file.mime_type,
    fileName: file.file_name,
    bytes: file.bytes,
  })),
});
