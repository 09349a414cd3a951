import { and, count, desc, eq, gte, inArray, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { capCounter, contact, enrollment, flowVersion, message, template } from "#db/schema/index.ts";
import { budgetMonth } from "#flow/gate/budget.ts";
import { capDay } from "#flow/gate/frequency-cap.ts";
import { longestCapWindowDays } from "#flow/gate/policy.ts";
import type { PastSend, PastWorld } from "#flow/gate/replay-policy.ts";
import { sentAs } from "#flow/gate/sent-as.ts";
import type { FlowSettings } from "#flow/graph.ts";
import { addDays, localMoment } from "#flow/local-time.ts";
import { systemClock } from "../clock.ts";
import { firstIdAt } from "../id.ts";
import type { Actor } from "../trpc.ts";

/** About so many at most, of all people or of one in some: judged twice they take less than a second. */
const mostPastSends = 2_000;
/** Beyond these a week is not counted to its end. */
const mostCounted = 2_000_000;

const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;

/** What kept a message from leaving, and would not under another policy. */
const policyReasons = ["frequency-cap", "rolling-cap", "quiet-hours-dropped", "budget"];
const consentReasons = ["no-consent", "consent-expired"];

const judgedStatuses = ["sent", "delivered", "read", "failed", "unknown"] as const;

export type NamedSend = PastSend & { name: string | null };

export type PastSends = { sends: NamedSend[]; total: number; oneIn: number };

/**
 * The messages of the last seven days that left, or that the policy stopped, newest first. Of a large week all messages of one person in
 * so many: what a cap does to somebody shows only with all of theirs. `asksConsent`: also those that a missing consent stopped.
 */
export async function readPastSends(
  actor: Actor,
  { timezone, asksConsent }: { timezone: string; asksConsent: boolean },
): Promise<PastSends> {
  const isJudged = judgedOf(actor, asksConsent);
  const total = await countMessages(actor, isJudged);
  const oneIn = Math.max(1, Math.ceil(total / mostPastSends));
  const rows = await readRows(actor, isJudged, oneIn);
  const settings = await readSettingsOf(
    actor,
    rows.flatMap(({ versionId }) => versionId ?? []),
  );
  const sends = rows.flatMap((row): NamedSend[] => {
    if (!row.purpose) return [];
    const { sendingHours = null, collects = false, capPerDay = null } = settings.get(row.versionId ?? "") ?? {};
    const phone = row.phone ?? (row.waId ? `+${row.waId}` : "");
    return [
      {
        messageId: row.id,
        contactId: row.contactId,
        holderId: row.holderId ?? row.contactId,
        consents: null,
        name: [row.firstName, row.lastName].filter(Boolean).join(" ") || null,
        at: row.createdAt.getTime(),
        purpose: sentAs(row.purpose, row.category),
        zone: row.zone ?? timezone,
        country: collects ? (parsePhoneNumberFromString(phone)?.country ?? null) : null,
        sendingHours,
        collects,
        capPerDay,
        wasInConversation: row.hours?.endsWith("in conversation") ?? false,
        costs: row.costMicros,
        currency: row.costCurrency,
      },
    ];
  });
  return { sends, total, oneIn };
}

function judgedOf({ session, clock }: Actor, asksConsent: boolean): SQL | undefined {
  const since = new Date(clock.now().getTime() - weekMs);
  const reasons = asksConsent ? [...policyReasons, ...consentReasons] : policyReasons;
  return and(
    eq(message.workspaceId, session.workspaceId),
    eq(message.direction, "outbound"),
    isNotNull(message.purpose),
    // Ids are made by the machine's clock, which the demo's never runs behind.
    gte(message.id, firstIdAt(new Date(systemClock.now().getTime() - weekMs - dayMs))),
    gte(message.createdAt, since),
    or(
      inArray(message.status, [...judgedStatuses]),
      and(eq(message.status, "skipped"), inArray(message.reason, reasons)),
    ),
  );
}

async function countMessages({ db }: Actor, isJudged: SQL | undefined): Promise<number> {
  const some = db.select({ id: message.id }).from(message).where(isJudged).limit(mostCounted).as("some");
  const [row] = await db.select({ n: count() }).from(some);
  return row?.n ?? 0;
}

/** Under whom the engine counts the cap: the first contact with this phone (load-facts.ts). */
const holderOf = sql<string | null>`(
  select s.id from contact s where s.workspace_id = ${contact.workspaceId} and s.phone = ${contact.phone} order by s.id limit 1
)`;

function readRows({ db }: Actor, isJudged: SQL | undefined, oneIn: number) {
  const isChosen = oneIn === 1 ? undefined : sql`abs(hashtext(${message.contactId}::text)::bigint) % ${oneIn} = 0`;
  return (
    db
      .select({
        id: message.id,
        contactId: message.contactId,
        holderId: holderOf,
        createdAt: message.createdAt,
        purpose: message.purpose,
        hours: sql<
          string | null
        >`jsonb_path_query_first(${message.checks}, '$[*] ? (@.check == "hours").seen') #>> '{}'`,
        costMicros: message.costMicros,
        costCurrency: message.costCurrency,
        zone: contact.timezone,
        phone: contact.phone,
        waId: contact.waId,
        firstName: contact.firstName,
        lastName: contact.lastName,
        category: template.category,
        versionId: enrollment.versionId,
      })
      .from(message)
      .leftJoin(contact, eq(contact.id, message.contactId))
      .leftJoin(template, and(eq(template.workspaceId, message.workspaceId), eq(template.name, message.template)))
      .leftJoin(enrollment, eq(enrollment.id, message.enrollmentId))
      .where(and(isJudged, isChosen))
      .orderBy(desc(message.id))
      // The chosen may have more than others: twice what was aimed at is still judged in time.
      .limit(2 * mostPastSends)
  );
}

/** A few versions, however many messages: a graph is not read for each. */
async function readSettingsOf({ db }: Actor, versionIds: string[]): Promise<Map<string, FlowSettings>> {
  if (versionIds.length === 0) return new Map();
  const rows = await db
    .select({ id: flowVersion.id, settings: sql<FlowSettings>`${flowVersion.graph}->'settings'` })
    .from(flowVersion)
    .where(inArray(flowVersion.id, [...new Set(versionIds)]));
  return new Map(rows.map(({ id, settings }) => [id, settings]));
}

/** What was counted before the first of these messages: the people's caps and, in this currency, the month's costs. */
export async function readPastWorld(
  actor: Actor,
  {
    sends,
    timezone,
    currency,
    oneIn,
  }: { sends: readonly PastSend[]; timezone: string; currency: string | null; oneIn: number },
): Promise<PastWorld> {
  const first = Math.min(...sends.map(({ at }) => at), actor.clock.now().getTime());
  const usedByDay = await readCaps(actor, sends, capDay(first, timezone));
  const spent = currency === null ? {} : await readCosts(actor, { before: first, timezone, currency });
  return { workspaceZone: timezone, usedByDay, spent, oneIn };
}

async function readCaps({ db, session }: Actor, sends: readonly PastSend[], firstDay: string) {
  const usedByDay: Record<string, Record<string, number>> = {};
  if (sends.length === 0) return usedByDay;
  const rows = await db
    .select({ contactId: capCounter.contactId, day: capCounter.day, used: capCounter.used })
    .from(capCounter)
    .where(
      and(
        eq(capCounter.workspaceId, session.workspaceId),
        inArray(capCounter.contactId, [...new Set(sends.map(({ holderId }) => holderId))]),
        lt(capCounter.day, firstDay),
        gte(capCounter.day, addDays(firstDay, -longestCapWindowDays)),
      ),
    );
  for (const { contactId, day, used } of rows) usedByDay[contactId] = { ...usedByDay[contactId], [day]: used };
  return usedByDay;
}

/** By month: what had been spent when the first of the messages was asked for. */
async function readCosts(
  { db, session }: Actor,
  { before, timezone, currency }: { before: number; timezone: string; currency: string },
): Promise<Record<string, number>> {
  const month = budgetMonth(before, timezone);
  const since = new Date(localMoment(`${month}-01`, "00:00", timezone));
  const [row] = await db
    .select({ micros: sql<string>`coalesce(sum(${message.costMicros}), 0)` })
    .from(message)
    .where(
      and(
        eq(message.workspaceId, session.workspaceId),
        eq(message.costCurrency, currency),
        gte(message.id, firstIdAt(new Date(since.getTime() - dayMs * longestCapWindowDays))),
        gte(message.sentAt, since),
        lt(message.sentAt, new Date(before)),
      ),
    );
  return { [month]: Number(row?.micros ?? 0) };
}
