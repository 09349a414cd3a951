import { and, desc, eq, gte, inArray, isNull, lt, type SQL } from "drizzle-orm";
import { flow, message, outbox } from "#db/schema/index.ts";
import { capDay, isCapped } from "#flow/gate/frequency-cap.ts";
import { addDays, localMoment } from "#flow/local-time.ts";
import type { Actor } from "../trpc.ts";
import type { MessageExplanation } from "./explanation.ts";
import type { Person } from "./read-person.ts";

/** How many messages that no flow sent one answer holds, and how many of a day's are named when the cap was used up. */
const limits = { others: 50, ofDays: 500 } as const;

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

/** What these enrollments sent or would have sent, in the order of their steps. */
export async function readMessages({ db }: Actor, enrollmentIds: string[]) {
  if (enrollmentIds.length === 0) return [];
  return db
    .select(columns)
    .from(message)
    .leftJoin(outbox, eq(outbox.messageId, message.id))
    .where(and(inArray(message.enrollmentId, enrollmentIds), eq(message.direction, "outbound")))
    .orderBy(message.enrollmentId, message.visit);
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

/** What went to the person in the period without any flow. */
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
    .limit(limits.others);

/** For each message that the cap stopped, those that left on the same day of the person and had used it up. */
export async function readCappedBy(
  { db }: Actor,
  person: Person,
  rows: readonly MessageRow[],
): Promise<(row: MessageRow) => MessageExplanation["cappedBy"]> {
  const days = [...new Set(rows.filter(isStoppedByCap).map((row) => dayOf(row.createdAt, person)))].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return () => [];
  const sent = await db
    .select({
      id: message.id,
      purpose: message.purpose,
      template: message.template,
      at: message.sentAt,
      flowName: flow.name,
    })
    .from(message)
    .leftJoin(flow, eq(flow.id, message.flowId))
    .where(
      and(
        eq(message.contactId, person.id),
        // A message may have waited for days before it left; the index is by when it was made.
        gte(message.createdAt, new Date(localMoment(addDays(first, -7), "00:00", person.zone))),
        lt(message.createdAt, new Date(localMoment(addDays(last, 1), "00:00", person.zone))),
        eq(message.direction, "outbound"),
        inArray(message.status, ["sent", "delivered", "read", "unknown"]),
      ),
    )
    .orderBy(message.createdAt)
    .limit(limits.ofDays);
  return (row) =>
    isStoppedByCap(row)
      ? sent.flatMap(({ purpose, at, ...one }) =>
          at && purpose && isCapped(purpose) && dayOf(at, person) === dayOf(row.createdAt, person)
            ? [{ ...one, at }]
            : [],
        )
      : [];
}

const isStoppedByCap = (row: Pick<MessageRow, "reason">): boolean => row.reason === "frequency-cap";
const dayOf = (at: Date, { zone }: Person): string => capDay(at.getTime(), zone);
