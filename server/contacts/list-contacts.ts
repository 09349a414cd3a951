import { and, count, desc, eq, not, type SQL, sql } from "drizzle-orm";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { z } from "zod";
import { contact, enrollment } from "#db/schema/index.ts";
import { withEnds } from "#flow/gate/consent.ts";
import { readSendingNumber } from "../channels/sending-number.ts";
import { maskPhone } from "../mask-phone.ts";
import { PageInput, toPage } from "../page.ts";
import type { Actor } from "../trpc.ts";
import { type ConsentFilters, consentFilters, isOnList } from "./consent-filters.ts";
import { matchSearch } from "./match-search.ts";
import { readConsentRules } from "./read-consent-rules.ts";

export const ListContactsInput = z.strictObject({
  search: z.string().trim().max(100).default(""),
  consent: z.enum(["any", "service", "marketing", "none", "suppressed"]).default("any"),
  ...PageInput,
});

/**
 * One page of the workspace's people with what they agreed to and where they are now: whom the search names outright (`isExact`: by their
 * whole customer id or number) before all others on the first page, then the last changed first. Phones are masked.
 */
export async function listContacts(actor: Actor, input: z.output<typeof ListContactsInput>) {
  const inWorkspace = eq(contact.workspaceId, actor.session.workspaceId);
  const { isMatch, isExact } = matchSearch(input.search, await homeOf(actor, input.search));
  const matching = and(inWorkspace, isMatch);
  const rules = await readConsentRules(actor);
  const filters = consentFilters(actor, rules);
  const inTab = filters[input.consent];
  const isOther = isExact && not(sql`coalesce((${isExact}), false)`);
  const [exact, rows, counts] = await Promise.all([
    isExact && !input.cursor ? readRows(actor, and(inWorkspace, inTab, isExact), mostExact) : [],
    readRows(
      actor,
      and(matching, inTab, isOther, input.cursor ? isAfter(input.cursor, actor.session.workspaceId) : undefined),
      input.limit + 1,
    ),
    countByConsent(actor, matching, filters),
  ]);
  const page = toPage(rows, input.limit);
  const told = [
    ...exact.map((row) => ({ ...row, isExact: true })),
    ...page.rows.map((row) => ({ ...row, isExact: false })),
  ];
  return {
    ...page,
    counts,
    rows: told.map((row) => ({ ...row, consents: withEnds(row.consents, rules), phone: maskPhone(row.phone) })),
  };
}

/** One number may be that of a family's many contacts. */
const mostExact = 50;

const readRows = (actor: Actor, isShown: SQL | undefined, limit: number) =>
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
      isListed: isOnList,
      lastInboundAt: contact.lastInboundAt,
      updatedAt: contact.updatedAt,
      inFlows: actor.db.$count(enrollment, and(eq(enrollment.contactId, contact.id), eq(enrollment.status, "waiting"))),
    })
    .from(contact)
    .where(isShown)
    .orderBy(desc(contact.updatedAt), desc(contact.id))
    .limit(limit);

/** The country whose numbers are dialled without a calling code: that of the number the workspace sends by. */
async function homeOf({ db, session }: Actor, search: string) {
  if (!/\d/.test(search)) return undefined;
  const number = await readSendingNumber(db, session.workspaceId);
  return number && parsePhoneNumberFromString(number.phone)?.country;
}

/** Behind the person the last page ended with, in the list's own order. */
const isAfter = (cursor: string, workspaceId: string) =>
  sql`(${contact.updatedAt}, ${contact.id}) < (select c.updated_at, c.id from contact c where c.id = ${cursor} and c.workspace_id = ${workspaceId})`;

async function countByConsent(actor: Actor, matching: SQL | undefined, filters: ConsentFilters) {
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
