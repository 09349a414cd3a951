import { and, desc, eq, gte, inArray, isNull, lt, type SQL } from "drizzle-orm";
import { message, outbox } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";

/** How many messages one answer holds: of all enrollments together, and of those that no flow sent. */
export const messageLimits = { ofFlows: 500, others: 50 } as const;

/** Named one by one: what was written to the person stays out of the answer, and so does a new column. */
const columns = {
  id: message.id,
  enrollmentId: message.enrollmentId,
  visit: message.visit,
  nodeId: message.nodeId,
  purpose: message.purpose,
  type: message.type,
  template: message.template,
  language: message.language,
  status: message.status,
  reason: message.reason,
  checks: message.checks,
  wamid: message.wamid,
  errorCode: message.errorCode,
  errorDetail: message.errorDetail,
  costMicros: message.costMicros,
  costCurrency: message.costCurrency,
  pricingType: message.pricingType,
  pricingCategory: message.pricingCategory,
  capDay: message.capDay,
  createdAt: message.createdAt,
  sentAt: message.sentAt,
  deliveredAt: message.deliveredAt,
  readAt: message.readAt,
  failedAt: message.failedAt,
  repliedAt: message.repliedAt,
  clickedAt: message.clickedAt,
  nextAt: outbox.notBefore,
  attempts: outbox.attempts,
  /** For the words of a tapped button. */
  buttons: message.content,
} as const;

export type MessageRow = Awaited<ReturnType<typeof readMessages>>[number];

/** What these enrollments sent or would have sent, in the order of their steps, and one more than an answer holds. */
export async function readMessages({ db }: Actor, enrollmentIds: string[]) {
  if (enrollmentIds.length === 0) return [];
  return db
    .select(columns)
    .from(message)
    .leftJoin(outbox, eq(outbox.messageId, message.id))
    .where(and(inArray(message.enrollmentId, enrollmentIds), eq(message.direction, "outbound")))
    .orderBy(message.enrollmentId, message.visit)
    .limit(messageLimits.ofFlows + 1);
}

/** One message, wherever it came from; undefined when the workspace has none like this. */
export async function readMessage({ db, session }: Actor, isIt: SQL | undefined): Promise<MessageRow | undefined> {
  const [row] = await db
    .select(columns)
    .from(message)
    .leftJoin(outbox, eq(outbox.messageId, message.id))
    .where(and(isIt, eq(message.workspaceId, session.workspaceId)));
  return row;
}

type Span = { from: Date; to: Date };

/** What went to the person in the period without any flow, newest first, and one more than an answer holds. */
export const readOthers = ({ db }: Actor, contactId: string, { from, to }: Span) =>
  db
    .select(columns)
    .from(message)
    .leftJoin(outbox, eq(outbox.messageId, message.id))
    .where(
      and(
        eq(message.contactId, contactId),
        gte(message.createdAt, from),
        lt(message.createdAt, to),
        eq(message.direction, "outbound"),
        isNull(message.enrollmentId),
      ),
    )
    .orderBy(desc(message.createdAt))
    .limit(messageLimits.others + 1);
