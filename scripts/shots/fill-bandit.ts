import { eq, sql } from "drizzle-orm";
import { connect, type Database } from "#db/client.ts";
import { experiment, workspace } from "#db/schema/index.ts";
import { usualPlan } from "#flow/experiment-plan.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { demoWorkspaceSlug } from "#server/demo/demo-customers.ts";
import { readEnv } from "#server/env.ts";
import { planExperiment } from "#server/experiments/plan-experiment.ts";
import { readOne } from "#server/experiments/read-due.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { getFlow } from "#server/flows/get-flow.ts";
import { publishFlow } from "#server/flows/publish-flow.ts";
import { saveDraft } from "#server/flows/save-draft.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import type { Actor } from "#server/trpc.ts";

const key = "savings-words";
const dayMs = 86_400_000;
const peoplePerDay = 1_800;
/** Each way of saying it, and how many of a hundred begin to save. */
const arms = [
  { id: "plain", name: "Plain", reaches: 6 },
  { id: "goal", name: "With a goal", reaches: 6.6 },
  { id: "friend", name: "As a friend", reaches: 5.4 },
  { id: "amount", name: "With an amount", reaches: 8.2 },
];

const graph = drawGraph(
  { goal: { event: "savings.started", windowHours: 168 } },
  [
    step("start", "trigger-event", [0, 0], { event: "salary.received", rule: { all: [] } }),
    step("split", "split", [0, 160], {
      experimentId: key,
      arms: arms.map(({ id, name }) => ({ id, name, weight: 25 })),
    }),
    ...arms.map(({ id }, at) =>
      step(`wait-${id}`, "wait", [at - 1.5, 340], { mode: "duration", duration: { amount: 3, unit: "days" } }),
    ),
  ],
  [["start", "next", "split"], ...arms.map(({ id }): [string, string, string] => ["split", id, `wait-${id}`])],
);

/**
 * A bandit over four arms that has run for so many days: people come as its weights of the day draw them, reach the goal or not, and each
 * evening the product itself reads it and moves the weights. For pictures and stories, in a throw-away Chasqui. Answers the experiment.
 */
export async function fillBandit(databaseUrl: string, { days = 16 } = {}): Promise<{ experimentId: string }> {
  const { db, pool } = connect(databaseUrl, { name: "fill-bandit", max: 2, onError: () => undefined });
  try {
    let now = new Date(Date.now() - days * dayMs);
    const actor = await actorOf(db, () => now);
    const log = createLog("start");
    const { experimentId, flowId } = await start(actor);
    await db.execute(sql`select setseed(0.3)`);
    for (let day = 0; day < days; day += 1) {
      // Nobody else reads it meanwhile: a worker waits for an hour from here.
      const [row] = await db
        .update(experiment)
        .set({ readAt: new Date() })
        .where(eq(experiment.id, experimentId))
        .returning();
      if (!row) break;
      await comeIn(db, { experimentId, flowId, from: now });
      now = new Date(now.getTime() + dayMs);
      await readOne(db, row, { clock: actor.clock, log });
    }
    return { experimentId };
  } finally {
    await pool.end();
  }
}

async function start(actor: Actor) {
  const { flowId } = await createFlow(actor, { name: "Savings on payday" });
  const { revision } = await getFlow(actor, { flowId });
  await saveDraft(actor, { flowId, revision, graph });
  const plan = {
    ...usualPlan({ metric: "conversion", windowHours: 72 }),
    ...{
      method: "bandit" as const,
      hypothesis: "An amount makes it easy to begin.",
      baseRate: 0.06,
      people: 30_000,
      days: 28,
    },
  };
  const { experimentId } = await planExperiment(actor, { flowId, key, plan });
  await publishFlow(actor, { flowId }, { keyId: newId() });
  return { flowId, experimentId };
}

/** A day's people, in the arms that the weights in force give them, with what became of them. */
async function comeIn(
  db: Database,
  { experimentId, flowId, from }: { experimentId: string; flowId: string; from: Date },
): Promise<void> {
  const rates = JSON.stringify(Object.fromEntries(arms.map(({ id, reaches }) => [id, reaches / 100])));
  await db.execute(sql`
    with place as (
      select x.workspace_id, f.version_id, w.id as weights_id,
             coalesce(w.weights, (select jsonb_object_agg(a->>'id', a->'weight') from jsonb_array_elements(x.arms) a)) as weights
      from experiment x join flow f on f.id = x.flow_id left join experiment_weights w on w.id = x.weights_id
      where x.id = ${experimentId}
    ), range as (
      select key as arm, sum(value::numeric) over (order by key) as upto, sum(value::numeric) over (order by key) - value::numeric as above
      from place, jsonb_each_text(place.weights)
    ), drawn as materialized (
      select gen_random_uuid() as contact_id, gen_random_uuid() as enrollment_id, random() * 100 as luck, random() as fate, random() as wait,
             ${from.toISOString()}::timestamptz + interval '1 day' * n / ${peoplePerDay}::integer as at
      from generate_series(0, ${peoplePerDay - 1}::integer) as n
    ), assigned as (
      insert into assignment (experiment_id, contact_id, workspace_id, arm, at, enrollment_id, version_id, weights_id)
      select ${experimentId}::uuid, d.contact_id, p.workspace_id, r.arm, date_trunc('milliseconds', d.at), d.enrollment_id, p.version_id, p.weights_id
      from drawn d cross join place p join range r on d.luck >= r.above and d.luck < r.upto
      returning contact_id, workspace_id, arm, at, enrollment_id, version_id
    ), told as (
      insert into message (id, workspace_id, shard, contact_id, direction, flow_id, enrollment_id, visit, node_id, purpose, type, template, status,
        created_at, sent_at, delivered_at, read_at)
      select gen_random_uuid(), a.workspace_id, 0, a.contact_id, 'outbound', ${flowId}::uuid, a.enrollment_id, 1, 'offer', 'marketing', 'template',
        'savings_' || a.arm, case when d.fate < 0.7 then 'read' else 'delivered' end, a.at, a.at + interval '2 seconds',
        a.at + interval '6 seconds', case when d.fate < 0.7 then a.at + interval '20 minutes' end
      from assigned a join drawn d using (contact_id)
    )
    insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, state, entered_at, ended_at, end_reason, goal_at)
    select a.enrollment_id, a.workspace_id, 0, ${flowId}::uuid, a.version_id, a.contact_id, '', gen_random_uuid(), 'ended', '{}', a.at, u.goal_at, 'goal', u.goal_at
    from assigned a join drawn d using (contact_id)
    cross join lateral (select a.at + interval '1 hour' * (1 + 47 * d.wait) as goal_at) u
    where d.fate < (${rates}::jsonb->>a.arm)::numeric and u.goal_at < now()`);
}

async function actorOf(db: Database, now: () => Date): Promise<Actor> {
  const [demo] = await db.select({ id: workspace.id }).from(workspace).where(eq(workspace.slug, demoWorkspaceSlug));
  if (!demo) throw new Error("There is no demo workspace to fill.");
  return {
    db,
    env: readEnv({ DATABASE_URL: "postgres://unused", CHASQUI_SECRET: "0".repeat(64) }),
    clock: { now },
    session: {
      ...{ userId: "api", name: "", email: "", language: "en", workspaceId: demo.id, role: "owner", signIn: null },
    },
  };
}
