import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { boundSql } from "#db/bound-sql.ts";
import type { Queryable } from "#db/client.ts";
import { flow, flowVersion } from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import type { Graph } from "#flow/graph.ts";
import type { Rule } from "#flow/rule.ts";
import { ruleToSql } from "#flow/rule-sql.ts";
import { systemClock } from "#server/clock.ts";
import { firstIdAt } from "#server/id.ts";
import { readTemplateUse } from "#server/templates/template-use.ts";
import type { Actor } from "#server/trpc.ts";

/** Days of events that an estimate of reach looks back on. */
export const reachDays = 30;

/** Who would be met: those whose events open one of these. */
export type Audience = { event: string; rule: Rule }[];

/** People and their entries, by the first digits of their phones: enough to know the market that a price is for. */
export type Entries = { prefix: string | null; people: number; entries: number };

export function flowAudience(graph: Graph): Audience {
  const { trigger } = compile(graph);
  return trigger ? [{ event: trigger.event, rule: trigger.rule }] : [];
}

/** Those of the flows that send a template, by their running version where there is one. */
export async function templateAudience(db: Queryable, workspaceId: string, name: string): Promise<Audience> {
  const uses = (await readTemplateUse(db, workspaceId)).get(name) ?? [];
  if (uses.length === 0) return [];
  const rows = await db
    .select({ draft: flow.draft, running: flowVersion.graph })
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(
      inArray(
        flow.id,
        uses.map((use) => use.flowId),
      ),
    );
  return rows.flatMap(({ draft, running }) => flowAudience(running ?? draft));
}

/**
 * Below the ids of everything that was stored in the time an estimate looks back on, so that the past before it is not read. Ids are
 * made by the system's clock; the product's may run ahead of it in a demo, never behind.
 */
export const oldestId = (): string => firstIdAt(new Date(systemClock.now().getTime() - reachDays * 86_400_000));

/** People that last month's events would have brought. */
export async function readPeople(db: Queryable, actor: Actor, audience: Audience): Promise<number> {
  const rows = await readEntries(db, actor, audience);
  return rows.reduce((sum, row) => sum + row.people, 0);
}

/**
 * Last month's events that would open one of the audience, with its entry criteria asked in the database. What the contact is now
 * is what the criteria see: nobody keeps what it was then.
 */
export async function readEntries(db: Queryable, { session, clock }: Actor, audience: Audience): Promise<Entries[]> {
  if (audience.length === 0) return [];
  const now = clock.now();
  const since = new Date(now.getTime() - reachDays * 86_400_000).toISOString();
  const opens = sql.join(
    audience.map(({ event, rule }) => sql`(event.name = ${event} and ${holds(rule, now)})`),
    sql` or `,
  );
  const { rows } = await db.execute<Entries>(sql`
    with entered as (
      select event.contact_id, count(*) as entries
      from event join contact on contact.id = event.contact_id
      where event.workspace_id = ${session.workspaceId} and event.id >= ${oldestId()} and event.received_at >= ${since}::timestamptz
        and (${opens})
      group by event.contact_id
    )
    select left(contact.phone, 6) as prefix, count(*)::int as people, sum(entered.entries)::int as entries
    from entered join contact on contact.id = entered.contact_id
    group by 1 order by 1`);
  return rows;
}

const contactFacts = `(contact.attributes || jsonb_build_object('id', contact.id, 'firstName', contact.first_name,
  'locale', contact.locale, 'timezone', contact.timezone, 'tags', to_jsonb(contact.tags)))`;

function holds(rule: Rule, now: Date): SQL {
  return boundSql(
    ruleToSql(rule, {
      contact: contactFacts,
      event: "event.properties",
      enrollment: "'{}'::jsonb",
      time: `jsonb_build_object('now', '${now.toISOString()}')`,
    }),
  );
}
