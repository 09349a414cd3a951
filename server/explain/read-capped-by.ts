import { and, desc, eq, gte, inArray, isNotNull, lt, or } from "drizzle-orm";
import { contact, flow, message, outbox, workspace } from "#db/schema/index.ts";
import { capDay, firstDayOf } from "#flow/gate/frequency-cap.ts";
import { longestCapWindowDays } from "#flow/gate/policy.ts";
import { addDays, localMoment } from "#flow/local-time.ts";
import type { Actor } from "../trpc.ts";
import type { MessageExplanation } from "./explanation.ts";
import type { MessageRow } from "./read-messages.ts";
import type { Person } from "./read-person.ts";

/** How many of the messages that used up a cap are named, and how many are looked at. */
const limits = { named: 20, looked: 1_000 } as const;

/** A message may have waited this long before it left; the index is by when it was made. */
const longestWaitDays = longestCapWindowDays;

export type CappedBy = Pick<MessageExplanation, "cappedBy" | "capDays" | "hasMoreCappedBy">;

export const notCapped: CappedBy = { cappedBy: [], capDays: null, hasMoreCappedBy: false };

/**
 * For each message that a cap stopped or makes wait: the person's days that were counted, by the cap of that time, and the messages that
 * had used them up. Whoever has the same phone number is the same person to a cap, so the messages to all of them count.
 */
export async function readCappedBy(
  actor: Actor,
  { id, zone, sharers }: Person,
  rows: readonly MessageRow[],
): Promise<(row: MessageRow) => CappedBy> {
  const spans = rows.flatMap((row) => spanOf(row, zone) ?? []);
  const first = spans.map(({ from }) => from).sort()[0];
  const last = spans
    .map(({ to }) => to)
    .sort()
    .at(-1);
  if (!first || !last) return () => notCapped;
  const counted = await readCounted(actor, [id, ...sharers.map((one) => one.id)], { first, last, zone });
  return (row) => {
    const capDays = spanOf(row, zone);
    if (!capDays) return notCapped;
    const mine = counted.filter((one) => one.id !== row.id && one.day >= capDays.from && one.day <= capDays.to);
    return {
      capDays,
      cappedBy: mine
        .slice(-limits.named)
        .map(({ contactId, ...one }) => ({ ...one, sharedWith: contactId === id ? null : contactId })),
      hasMoreCappedBy: mine.length > limits.named,
    };
  };
}

const capReasons = ["frequency-cap", "rolling-cap", "frequency-cap-later", "rolling-cap-later"];

/** The days that stood against the message when it was judged; null: no cap did. */
function spanOf(
  { reason, checks, capDay: day, createdAt }: Pick<MessageRow, "reason" | "checks" | "capDay" | "createdAt">,
  zone: string,
): { from: string; to: string } | null {
  if (reason === null || !capReasons.includes(reason)) return null;
  const to = day ?? capDay(createdAt.getTime(), zone);
  const needed = checks?.find(({ check }) => check === "cap")?.needed ?? "";
  const [, days] = /in (\d+) d/.exec(needed) ?? [];
  return { from: reason.startsWith("rolling") && days ? firstDayOf({ days: Number(days), most: 0 }, to) : to, to };
}

type Counted = Omit<MessageExplanation["cappedBy"][number], "sharedWith"> & { contactId: string };

/** What counts on these days, oldest first. */
async function readCounted(
  { db, session }: Actor,
  contactIds: string[],
  { first, last, zone }: { first: string; last: string; zone: string },
): Promise<Counted[]> {
  const rows = await db
    .select({
      id: message.id,
      contactId: message.contactId,
      flowId: message.flowId,
      flowName: flow.name,
      template: message.template,
      at: message.sentAt,
      createdAt: message.createdAt,
      checks: message.checks,
      capDay: message.capDay,
      paidOn: outbox.capDay,
      zone: contact.timezone,
      workspaceZone: workspace.timezone,
    })
    .from(message)
    .innerJoin(contact, eq(contact.id, message.contactId))
    .innerJoin(workspace, eq(workspace.id, message.workspaceId))
    .leftJoin(flow, eq(flow.id, message.flowId))
    .leftJoin(outbox, eq(outbox.messageId, message.id))
    .where(
      and(
        eq(message.workspaceId, session.workspaceId),
        inArray(message.contactId, contactIds),
        gte(message.createdAt, new Date(localMoment(addDays(first, -longestWaitDays), "00:00", zone))),
        // Its own day begins as much as a day sooner than this person's.
        lt(message.createdAt, new Date(localMoment(addDays(last, 2), "00:00", zone))),
        eq(message.direction, "outbound"),
        or(
          inArray(message.status, ["sent", "delivered", "read", "unknown"]),
          // What the provider had taken and could not deliver is not given back.
          and(eq(message.status, "failed"), isNotNull(message.sentAt)),
          isNotNull(outbox.capDay),
        ),
      ),
    )
    .orderBy(desc(message.createdAt))
    .limit(limits.looked);
  return rows
    .flatMap(({ checks, capDay: kept, paidOn, createdAt, zone: own, workspaceZone, ...one }) => {
      if (checks?.some(({ check, needed }) => check === "cap" && needed === "exempt")) return [];
      const at = one.at ?? createdAt;
      return [{ ...one, at, day: paidOn ?? kept ?? capDay(at.getTime(), own ?? workspaceZone) }];
    })
    .sort((left, right) => left.at.getTime() - right.at.getTime());
}
