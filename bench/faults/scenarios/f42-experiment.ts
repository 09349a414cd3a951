import { armFor, bucket } from "#flow/bucket.ts";
import { newId } from "#server/id.ts";
import type { FaultBench } from "../contract.ts";
import { defineFault } from "../contract.ts";

const before = { a: 50, b: 50 };
const after = { a: 80, b: 20 };
/** The largest chi-square with one degree of freedom that chance gives once in a thousand (p = 0.001). */
const chance = 10.83;

/** The weights of a running experiment change, by a new version, while the same people come again and again. */
export const experiment = defineFault({
  id: "F42",
  title: "an A/B test whose weights change while people come again",
  inject: async (bench) => {
    await bench.load.untilAccepted(Math.floor(bench.load.events.length * 0.45));
    for (const flow of bench.world.flows.filter(({ firstTemplate }) => firstTemplate !== null))
      await publishWeights(bench, flow.id);
    await bench.load.untilAccepted(Math.floor(bench.load.events.length * 0.7));
  },
  expect: async ({ stack, world, note }) => {
    const rows = await stack.query<{ contact: string; flow: string; number: number; handle: "a" | "b" }>(
      `select t.contact_id as contact, t.flow_id as flow, v.number, t.handle from trace t join flow_version v on v.id = t.version_id
       where t.workspace_id = $1 and t.node_id = 'halves' and t.kind = 'left'`,
      [world.workspaceId],
    );
    const wrong = rows.filter(({ contact, flow, number, handle }) => {
      const purpose = world.flows.find(({ id }) => id === flow)?.purpose;
      const weights = number === 1 ? before : after;
      const arms = Object.entries(weights).map(([id, weight]) => ({ id, weight }));
      return armFor(bucket(`known-${purpose}`, contact), arms)?.id !== handle;
    }).length;
    const first = new Map(
      rows.filter(({ number }) => number === 1).map((row) => [`${row.flow} ${row.contact}`, row.handle]),
    );
    const inA = [...first.values()].filter((handle) => handle === "a").length;
    const half = first.size / 2;
    const chiSquare = half === 0 ? 0 : (2 * (inA - half) ** 2) / half;
    note("decisions", rows.length);
    note("by the new weights", rows.filter(({ number }) => number === 2).length);
    note("chi-square of the halves", chiSquare.toFixed(2));
    return [
      ...(wrong > 0 ? [`${wrong} people took another arm than theirs`] : []),
      ...(chiSquare > chance ? [`the halves are not halves: ${inA} of ${first.size}`] : []),
    ];
  },
});

async function publishWeights({ stack }: FaultBench, flowId: string): Promise<void> {
  const id = newId();
  const arms = Object.entries(after).map(([arm, weight]) => ({ id: arm, name: arm.toUpperCase(), weight }));
  await stack.query(
    `insert into flow_version (id, workspace_id, flow_id, number, graph, hash, trigger_event, published_by, published_at)
     select $2, v.workspace_id, v.flow_id, 2,
            jsonb_set(v.graph, '{nodes}', (
              select jsonb_agg(case when n->>'id' = 'halves' then jsonb_set(n, '{data,arms}', $3::jsonb) else n end order by place)
              from jsonb_array_elements(v.graph->'nodes') with ordinality as each(n, place))),
            $4, v.trigger_event, 'faults', now()
     from flow_version v where v.flow_id = $1 and v.number = 1`,
    [flowId, id, JSON.stringify(arms), id],
  );
  await stack.query("update flow set version_id = $2 where id = $1", [flowId, id]);
}
