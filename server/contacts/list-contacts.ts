import { and, count, desc, eq, ilike, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { contact, enrollment } from "#db/schema/index.ts";
import { maskPhone } from "../mask-phone.ts";
import { PageInput, toPage } from "../page.ts";
import type { Actor } from "../trpc.ts";

export const ListContactsInput = z.strictObject({
  search: z.string().trim().max(100).default(""),
  consent: z.enum(["any", "service", "marketing", "none", "suppressed"]).default("any"),
  ...PageInput,
});

/** One page of the workspace's people, last changed first, with what they agreed to and where they are now. Phones are masked. */
export async function listContacts(actor: Actor, input: z.output<typeof ListContactsInput>) {
  const inWorkspace = eq(contact.workspaceId, actor.session.workspaceId);
  const matching = and(inWorkspace, matchesSearch(input.search));
  const [rows, counts] = await Promise.all([
    actor.db
      .select({
        id: contact.id,
        externalId: contact.externalId,
        firstName: contact.firstName,
        lastName: contact.lastName,
        phone: contact.phone,
        locale: contact.locale,
        timezone: contact.timezone,
        consents: contact.consents,
        suppressedReason: contact.suppressedReason,
        lastInboundAt: contact.lastInboundAt,
        updatedAt: contact.updatedAt,
        inFlows: actor.db.$count(
          enrollment,
          and(eq(enrollment.contactId, contact.id), eq(enrollment.status, "waiting")),
        ),
      })
      .from(contact)
      .where(
        and(
          matching,
          consentFilters(actor.clock.now())[input.consent],
          input.cursor ? isAfter(input.cursor, actor.session.workspaceId) : undefined,
        ),
      )
      .orderBy(desc(contact.updatedAt), desc(contact.id))
      .limit(input.limit + 1),
    countByConsent(actor, matching),
  ]);
  const page = toPage(rows, input.limit);
  return { ...page, counts, rows: page.rows.map((row) => ({ ...row, phone: maskPhone(row.phone) })) };
}

/** Behind the person the last page ended with, in the list's own order. */
const isAfter = (cursor: string, workspaceId: string) =>
  sql`(${contact.updatedAt}, ${contact.id}) < (select c.updated_at, c.id from contact c where c.id = ${cursor} and c.workspace_id = ${workspaceId})`;

/** A consent that has run out is none. Times of ISO 8601 in UTC sort as text. */
const granted = (purpose: "service" | "marketing", now: Date) => {
  const given = sql`${contact.consents} -> ${sql.raw(`'${purpose}'`)}`;
  return sql`(${given} ->> 'state' = 'granted' and coalesce(${given} ->> 'expiresAt', '9999') > ${now.toISOString()})`;
};

type ConsentFilter = z.output<typeof ListContactsInput>["consent"];

function consentFilters(now: Date): Record<ConsentFilter, SQL | undefined> {
  const [service, marketing] = [granted("service", now), granted("marketing", now)];
  return {
    any: undefined,
    service,
    marketing,
    none: sql`not coalesce(${service}, false) and not coalesce(${marketing}, false)`,
    suppressed: isNotNull(contact.suppressedAt),
  };
}

async function countByConsent(actor: Actor, matching: SQL | undefined) {
  const filters = consentFilters(actor.clock.now());
  const [row] = await actor.db
    .select({
      any: count(),
      service: sql<number>`count(*) filter (where ${filters.service})`.mapWith(Number),
      marketing: sql<number>`count(*) filter (where ${filters.marketing})`.mapWith(Number),
      none: sql<number>`count(*) filter (where ${filters.none})`.mapWith(Number),
      suppressed: sql<number>`count(*) filter (where ${filters.suppressed})`.mapWith(Number),
    })
    .from(contact)
    .where(matching);
  return row ?? { any: 0, service: 0, marketing: 0, none: 0, suppressed: 0 };
}

/** A name, a customer id, or the digits of a phone number; % and _ are taken literally. */
function matchesSearch(search: string): SQL | undefined {
  if (search === "") return undefined;
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  // 00 before a country's code and 0 before a number at home are dialled and not stored.
  const digits = search.replace(/\D/g, "").replace(/^0+/, "");
  return or(
    ilike(sql`concat_ws(' ', ${contact.firstName}, ${contact.lastName})`, pattern),
    ilike(contact.externalId, pattern),
    digits.length >= 4 ? ilike(contact.phone, `%${digits}%`) : undefined,
  );
}
