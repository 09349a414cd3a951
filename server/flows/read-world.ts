import { eq, sql } from "drizzle-orm";
import { workspace } from "#db/schema/index.ts";
import { type ConsentPurpose, consentPurposes } from "#flow/gate/consent.ts";
import { type Purpose, purposes } from "#flow/graph.ts";
import type { JsonObject } from "#flow/json.ts";
import { eventShapes } from "#flow/prove/event-shape.ts";
import { lengthMs } from "#flow/prove/window.ts";
import type { Catalog } from "#flow/template.ts";
import { dayPrices } from "#server/channels/prices/day-prices.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { readCatalog } from "./read-catalog.ts";

/** How many of the newest events and people are looked at: enough to know what is usual, few enough for an editor that opens. */
const recentEvents = 1_000;
const recentPeople = 5_000;
const recentDays = 30;

/**
 * The catalog with all that the warnings of a flow are told from: the workspace's cap and quiet hours, today's prices, what its events
 * look like, the classes anybody has agreed to, and the languages of its people. What holds publishing back needs the templates alone (read-catalog.ts).
 */
export async function readWorld(actor: Actor): Promise<Catalog> {
  const { db, session, clock } = actor;
  const [rules] = await db.select().from(workspace).where(eq(workspace.id, session.workspaceId));
  if (!rules) throw new DomainError("not-found", "This workspace does not exist.");
  const agreedTo = await readAgreed(actor, rules.consentExempt);
  const peopleByLanguage = await readLanguages(actor);
  return {
    ...(await readCatalog(db, session.workspaceId)),
    capPerDay: rules.capPerDay,
    quietMs: lengthMs({ from: rules.quietFrom, to: rules.quietTo }),
    prices: dayPrices(clock.now().toISOString().slice(0, 10)),
    eventShapes: eventShapes(await readEvents(actor)),
    ...(agreedTo && { agreedTo }),
    ...(peopleByLanguage && { peopleByLanguage }),
  };
}

async function readEvents({ db, session }: Actor): Promise<{ name: string; properties: JsonObject }[]> {
  // Ids sort by time and lead the primary key, so the newest are read backwards without a sort over the whole table.
  const { rows } = await db.execute<{ name: string; properties: JsonObject }>(sql`
    select name, properties from event
    where workspace_id = ${session.workspaceId} and type in ('track', 'system') and name <> ''
    order by id desc limit ${recentEvents}`);
  return rows;
}

/** The classes to which one of the people heard of last has agreed, or that need no consent; undefined while nobody is known. */
async function readAgreed({ db, session }: Actor, exempt: readonly Purpose[]): Promise<Purpose[] | undefined> {
  const granted = consentPurposes.map(
    (purpose) => sql`bool_or(consents -> ${purpose} ->> 'state' = 'granted') as ${sql.identifier(purpose)}`,
  );
  const { rows } = await db.execute<{ people: number } & Record<ConsentPurpose, boolean | null>>(sql`
    select count(*)::int as people, ${sql.join(granted, sql`, `)}
    from (select consents from contact where workspace_id = ${session.workspaceId}
          order by updated_at desc limit ${recentPeople}) recent`);
  const [row] = rows;
  if (!row || row.people === 0) return undefined;
  const isAgreed = (purpose: Purpose) => row[purpose] === true || (purpose !== "marketing" && row.service === true);
  return purposes.filter((purpose) => exempt.includes(purpose) || isAgreed(purpose));
}

/** The languages of who entered a flow in the last month, each person once; undefined where nobody did. */
async function readLanguages({ db, session, clock }: Actor): Promise<Record<string, number> | undefined> {
  const since = new Date(clock.now().getTime() - recentDays * 86_400_000).toISOString();
  const { rows } = await db.execute<{ language: string; people: number }>(sql`
    select language, count(*)::int as people
    from (
      select distinct on (contact_id) language
      from (select contact_id, language, entered_at from enrollment where workspace_id = ${session.workspaceId}
            order by id desc limit ${recentPeople}) newest
      where entered_at >= ${since}::timestamptz
      order by contact_id, entered_at desc
    ) each_once
    group by language`);
  return rows.length === 0 ? undefined : Object.fromEntries(rows.map(({ language, people }) => [language, people]));
}
