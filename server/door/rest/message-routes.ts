import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { message, messageStatuses } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { ContactReference, findContact } from "./contact-filter.ts";
import { defineRoute } from "./define-route.ts";
import { Paging, pageOf, toPage } from "./paging.ts";
import { MessageResource } from "./resources.ts";

const MessageQuery = Paging.extend({
  contact: ContactReference.optional(),
  flow: z.uuid().optional(),
  status: z.enum(messageStatuses).optional(),
});

/** Named one by one: a new column is not published by accident. */
const columns = {
  id: message.id,
  direction: message.direction,
  contactId: message.contactId,
  flowId: message.flowId,
  enrollmentId: message.enrollmentId,
  nodeId: message.nodeId,
  purpose: message.purpose,
  type: message.type,
  template: message.template,
  language: message.language,
  content: message.content,
  status: message.status,
  reason: message.reason,
  checks: message.checks,
  errorCode: message.errorCode,
  errorDetail: message.errorDetail,
  wamid: message.wamid,
  createdAt: message.createdAt,
  sentAt: message.sentAt,
  deliveredAt: message.deliveredAt,
  readAt: message.readAt,
  failedAt: message.failedAt,
  repliedAt: message.repliedAt,
  clickedAt: message.clickedAt,
};

export const messageRoutes = [
  defineRoute({
    method: "GET",
    path: "/v1/messages",
    operationId: "listMessages",
    summary: "Messages in and out, newest first, also those that were not sent and why.",
    verb: "see-messages",
    params: z.strictObject({}),
    query: MessageQuery,
    body: null,
    status: 200,
    answer: pageOf(MessageResource),
    run: (actor, { query }) => listMessages(actor, query),
  }),
];

async function listMessages(actor: Actor, { limit, after, ...filter }: z.infer<typeof MessageQuery>) {
  const person = filter.contact ? await findContact(actor, filter.contact) : null;
  if (person === undefined) return toPage([], limit);
  const rows = await actor.db
    .select(columns)
    .from(message)
    .where(
      and(
        eq(message.workspaceId, actor.session.workspaceId),
        after ? lt(message.id, after) : undefined,
        person ? eq(message.contactId, person.id) : undefined,
        filter.flow ? eq(message.flowId, filter.flow) : undefined,
        filter.status ? eq(message.status, filter.status) : undefined,
      ),
    )
    .orderBy(desc(message.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}
