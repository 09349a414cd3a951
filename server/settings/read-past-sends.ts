import { and, desc, eq, gte, inArray, isNotNull, lt, or, sql } from "drizzle-orm";
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

/** So many at most, the newest of the week: judged twice they take the web process half a second. */
export const mostPastSends = 3_000;

const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;

/** What kept a message from leaving, and would not under another policy. */
const policyReasons = ["frequency-cap", "rolling-cap", "quiet-hours-dropped", "budget"];

const judgedStatuses = ["sent", "delivered", "read", "failed", "unknown"] as const;

export type NamedSend = PastSend & { name: string | null };

/** The messages of the last seven days that left, or that the policy stopped, newest first; one more than the most tells that there are others. */
export async function readPastSends(actor: Actor, { timezone }: { timezone: string }): Promise<NamedSend[]> {
  const rows = await readRows(actor);
  const settings = await readSettingsOf(
    actor,
    rows.flatMap(({ versionId }) => versionId ?? []),
  );
  return rows.flatMap((row): NamedSend[] => {
    if (!row.purpose) return [];
    const { sendingHours = null, collects = false } = settings.get(row.versionId ?? "") ?? {};
    const phone = row.phone ?? (row.waId ? `+${row.waId}` : "");
    const hours = row.checks?.find(({ check }) => check === "hours")?.seen;
    return [
      {
        messageId: row.id,
        contactId: row.contactId,
        name: [row.firstName, row.lastName].filter(Boolean).join(" ") || null,
        at: row.createdAt.getTime(),
        purpose: sentAs(row.purpose, row.category),
        zone: row.zone ?? timezone,
        country: collects ? (parsePhoneNumberFromString(phone)?.country ?? null) : null,
        sendingHours,
        collects,
        wasInConversation: hours?.endsWith("in conversation") ?? false,
        costs: row.costMicros,
        currency: row.costCurrency,
      },
    ];
  });
}

function readRows({ db, session, clock }: Actor) {
  const since = new Date(clock.now().getTime() - weekMs);
  return db
    .select({
      id: message.id,
      contactId: message.contactId,
      createdAt: message.createdAt,
      purpose: message.purpose,
      checks: message.checks,
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
    .where(
      and(
        eq(message.workspaceId, session.workspaceId),
        eq(message.direction, "outbound"),
        isNotNull(message.purpose),
        // Ids are made by the machine's clock, which the demo's never runs behind.
        gte(message.id, firstIdAt(new Date(systemClock.now().getTime() - weekMs - dayMs))),
        gte(message.createdAt, since),
        or(
          inArray(message.status, [...judgedStatuses]),
          and(eq(message.status, "skipped"), inArray(message.reason, policyReasons)),
        ),
      ),
    )
    .orderBy(desc(message.id))
    .limit(mostPastSends + 1);
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
  { sends, timezone, currency }: { sends: readonly PastSend[]; timezone: string; currency: string | null },
): Promise<PastWorld> {
  const first = Math.min(...sends.map(({ at }) => at), actor.clock.now().getTime());
  const usedByDay = await readCaps(actor, sends, capDay(first, timezone));
  const spent = currency === null ? {} : await readCosts(actor, { before: first, timezone, currency });
  return { workspaceZone: timezone, usedByDay, spent };
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
        inArray(capCounter.contactId, [...new Set(sends.map(({ contactId }) => contactId))]),
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
