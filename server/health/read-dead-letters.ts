import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";

const Group = z.object({
  flowId: z.string().nullable(),
  flowName: z.string().nullable(),
  nodeType: z.string().nullable(),
  /** What the step sends, where it sends. */
  template: z.string().nullable(),
  /** event, reply, status, webhook, timer ... */
  kind: z.string(),
  eventName: z.string().nullable(),
  cause: z.string(),
  /** A cause that has words of its own on screen: `health.deadLetters.causes.<kind>`. Null: only the engine's. */
  causeKind: z.enum(["step", "version", "value", "reference", "duplicate", "database"]).nullable(),
  items: z.coerce.number(),
  firstAt: z.coerce.date(),
  lastAt: z.coerce.date(),
  letterIds: z.array(z.string()),
});
export type DeadLetterGroup = z.infer<typeof Group>;

/** Beyond these, older letters are not looked at: a screen that reads a million rows helps nobody. */
const mostLetters = 5_000;
/** As many as one act may touch (answer-dead-letters.ts). */
const mostIds = 1_000;
const mostGroups = 50;

/** By what the engine writes (server/engine/signals/cause.ts): Postgres' code in brackets; without one the step threw. */
const causeKind = sql`case
  when error like 'The flow''s version cannot be read%' then 'version'
  when error ~ '\\(23503[,)]' then 'reference'
  when error ~ '\\(23505[,)]' then 'duplicate'
  when error ~ '\\(2[23][0-9A-Z]{3}[,)]' then 'value'
  when error ~ '\\((08|40|53|54|55|57|58)[0-9A-Z]{3}[,)]' then 'database'
  when node_id is not null and error !~ '\\([0-9A-Z]{5}[,)]' then 'step' end`;

/** Signals that could not be applied, by where they failed and why, the latest first. Ids within a cause do not make it another. */
export async function readDeadLetters({ db, session }: Actor): Promise<{ total: number; groups: DeadLetterGroup[] }> {
  const { rows } = await db.execute(sql`
    with letters as (
      select id, flow_id, node_id, at, payload ->> 'kind' as kind, payload -> 'event' ->> 'name' as event_name,
        left(regexp_replace(regexp_replace(error, '^(\\w*Error: )+', ''), '[0-9a-f]{8}-[0-9a-f-]{27}', '…', 'g'), 200) as cause,
        ${causeKind} as cause_kind
      from dead_letter where workspace_id = ${session.workspaceId} order by id desc limit ${mostLetters}
    ), groups as (
      select flow_id, node_id, kind, event_name, cause, cause_kind, count(*) as items, min(at) as first_at, max(at) as last_at,
        (array_agg(id order by id))[1:${sql.raw(String(mostIds))}] as letter_ids
      from letters group by 1, 2, 3, 4, 5, 6 order by max(at) desc limit ${mostGroups}
    )
    select g.flow_id as "flowId", f.name as "flowName", step.node ->> 'type' as "nodeType",
      step.node -> 'data' ->> 'template' as template, coalesce(g.kind, 'event') as kind, g.event_name as "eventName", g.cause, g.cause_kind as "causeKind",
      g.items, g.first_at as "firstAt", g.last_at as "lastAt", g.letter_ids as "letterIds"
    from groups g
    left join flow f on f.id = g.flow_id and f.workspace_id = ${session.workspaceId}
    left join flow_version v on v.id = f.version_id
    left join lateral (
      select node from jsonb_array_elements(v.graph -> 'nodes') as node where node ->> 'id' = g.node_id limit 1
    ) step on true
    order by g.last_at desc`);
  const groups = z.array(Group).parse(rows);
  return { total: groups.reduce((sum, group) => sum + group.items, 0), groups };
}
