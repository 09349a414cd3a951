import { eq, sql } from "drizzle-orm";
import { flow } from "#db/schema/index.ts";
import type { JsonObject } from "#flow/json.ts";
import { namedEvents } from "#flow/named-events.ts";
import { starters } from "#flow/starters/index.ts";
import type { Actor } from "#server/trpc.ts";

export type EventName = { name: string; sample: JsonObject | null };

/** How many of the newest events are looked at: enough to have seen every kind, few enough for an editor that opens. */
const recentEvents = 2_000;

/** Event names to pick from, sorted: those that arrived lately with a sample of their properties, those flows name, those starters use. */
export async function listEventNames(actor: Actor): Promise<EventName[]> {
  const samples = new Map<string, JsonObject | null>();
  for (const { sampleEvent } of starters) samples.set(sampleEvent.name, sampleEvent.properties);
  const drafts = await actor.db
    .select({ graph: flow.draft })
    .from(flow)
    .where(eq(flow.workspaceId, actor.session.workspaceId));
  for (const graph of [...drafts.map((draft) => draft.graph), ...starters.map((starter) => starter.graph)]) {
    for (const name of namedEvents(graph)) if (!samples.has(name)) samples.set(name, null);
  }
  for (const { name, properties } of await arrivedEvents(actor)) samples.set(name, properties);
  return [...samples].map(([name, sample]) => ({ name, sample })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function arrivedEvents({ db, session }: Actor): Promise<{ name: string; properties: JsonObject }[]> {
  // Ids sort by time and lead the primary key, so the newest are read backwards without a sort over the whole table.
  const { rows } = await db.execute<{ name: string; properties: JsonObject }>(sql`
    select distinct on (name) name, properties
    from (select id, name, properties from event where workspace_id = ${session.workspaceId} and type in ('track', 'system')
          order by id desc limit ${recentEvents}) recent
    where name <> '' order by name, id desc`);
  return rows;
}
