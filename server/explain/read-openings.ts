import { and, desc, eq, gte, inArray, lt, ne, sql } from "drizzle-orm";
import { event, message } from "#db/schema/index.ts";
import type { JsonObject } from "#flow/json.ts";
import { messageEvent, messageEventName } from "#flow/message-event.ts";
import { runEventName } from "#flow/run-event.ts";
import type { Actor } from "../trpc.ts";
import type { FlowPast } from "./flow-at.ts";
import type { Period } from "./period.ts";

/** Something by which flows may open: a stored event, or a message of the person. */
export type OpeningRow = { id: string; name: string; properties: JsonObject; receivedAt: Date; occurredAt: Date };

type Asked = { contactId: string; pasts: readonly FlowPast[]; period: Period; limit: number };

/** What came of the person that any of these flows ever listened to, newest first, at most `limit`. A step that runs a flow says by itself what became of it. */
export async function readOpenings(actor: Actor, asked: Asked): Promise<OpeningRow[]> {
  const names = new Set(asked.pasts.flatMap((flow) => flow.versions.map((version) => version.triggerEvent)));
  const hears = names.delete(messageEventName);
  names.delete(runEventName);
  const [events, written] = await Promise.all([
    names.size === 0 ? [] : readEvents(actor, asked, [...names]),
    hears ? readWritten(actor, asked) : [],
  ]);
  return [...events, ...written]
    .sort((one, other) => other.receivedAt.getTime() - one.receivedAt.getTime())
    .slice(0, asked.limit);
}

const readEvents = ({ db }: Actor, { contactId, period, limit }: Asked, names: string[]): Promise<OpeningRow[]> =>
  db
    .select({
      id: event.id,
      name: event.name,
      properties: event.properties,
      receivedAt: event.receivedAt,
      occurredAt: event.occurredAt,
    })
    .from(event)
    .where(
      and(
        eq(event.contactId, contactId),
        gte(event.receivedAt, period.from),
        lt(event.receivedAt, period.to),
        inArray(event.name, names),
      ),
    )
    .orderBy(desc(event.receivedAt))
    .limit(limit);

/** What the person wrote or tapped, as the engine heard it: what has no words starts nothing, and no more does an emoji on a message. */
async function readWritten({ db }: Actor, { contactId, period, limit }: Asked): Promise<OpeningRow[]> {
  const body = sql<string>`coalesce(${message.content} ->> 'body', '')`;
  const rows = await db
    .select({ id: message.id, at: message.createdAt, body, channelId: message.channelId })
    .from(message)
    .where(
      and(
        eq(message.contactId, contactId),
        eq(message.direction, "inbound"),
        ne(message.type, "reaction"),
        gte(message.createdAt, period.from),
        lt(message.createdAt, period.to),
        sql`trim(${body}) <> ''`,
      ),
    )
    .orderBy(desc(message.createdAt))
    .limit(limit);
  return rows.map(({ id, at, body: text, channelId }) => {
    const { name, properties } = messageEvent({ id, channelId, at: at.getTime() }, text);
    return { id, name, properties, receivedAt: at, occurredAt: at };
  });
}
