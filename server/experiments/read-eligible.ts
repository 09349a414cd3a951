import { and, eq, gte, sql } from "drizzle-orm";
import { boundSql } from "#db/bound-sql.ts";
import type { Queryable } from "#db/client.ts";
import { enrollment } from "#db/schema/index.ts";
import { openingOf } from "#flow/compile.ts";
import type { Graph } from "#flow/graph.ts";
import { ruleToSql } from "#flow/rule-sql.ts";

const days = 28;

/** How many different people a week could enter, and what was counted: stored events that the trigger takes, or those who did enter. */
export type Eligible = { weeklyPeople: number; from: "events" | "entries" };

/**
 * The people whom a flow's trigger would have taken in the last four weeks, by the week. The rule reads the event and the person as they
 * are today; re-entry is left out, since each person counts once. What no other system's event starts is counted by who entered.
 */
export async function readEligible(
  db: Queryable,
  { workspaceId, flowId, graph, now }: { workspaceId: string; flowId: string; graph: Graph; now: Date },
): Promise<Eligible> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const opening = openingOf(graph);
  if (!opening || opening.by) return { weeklyPeople: await countEntries(db, flowId, since), from: "entries" };
  const person = `(c.attributes || jsonb_build_object('id', c.id, 'firstName', c.first_name, 'locale', c.locale, 'timezone', c.timezone, 'tags', to_jsonb(c.tags)))`;
  const holds = boundSql(ruleToSql(opening.rule, { event: "e.properties", contact: person }));
  const { rows } = await db.execute<{ people: string }>(sql`
    select count(distinct e.contact_id) as people from event e join contact c on c.id = e.contact_id
    where e.workspace_id = ${workspaceId} and e.name = ${opening.event}
      and e.received_at between ${since.toISOString()}::timestamptz and ${now.toISOString()}::timestamptz and ${holds}`);
  return { weeklyPeople: Math.round(Number(rows[0]?.people ?? 0) / (days / 7)), from: "events" };
}

async function countEntries(db: Queryable, flowId: string, since: Date): Promise<number> {
  const [row] = await db
    .select({ people: sql<string>`count(distinct ${enrollment.contactId})` })
    .from(enrollment)
    .where(and(eq(enrollment.flowId, flowId), gte(enrollment.enteredAt, since)));
  return Math.round(Number(row?.people ?? 0) / (days / 7));
}
