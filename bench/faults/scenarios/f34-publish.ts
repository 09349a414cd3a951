import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import * as tables from "#db/schema/index.ts";
import type { Graph } from "#flow/graph.ts";
import { newId } from "#server/id.ts";
import { defineFault, type FaultBench } from "../contract.ts";
import { openedBy, type World } from "../world/build-world.ts";

const pauseMs = 900;

/**
 * While people wait on it, every flow gets a second version in which the steps they wait on are gone (same meaning, other steps), is
 * rolled back and published again. Everybody ends on the version they entered.
 */
export const publishUnderLoad = defineFault({
  id: "F34",
  title: "a new version without the steps that people wait on, a rollback, and the new version again",
  load: { lastsSeconds: 6 },
  inject: async ({ stack, world, note }) => {
    const seconds = new Map<string, string>();
    for (const flow of world.flows)
      seconds.set(flow.id, await addVersion({ stack, world }, { ...flow, graph: renamed(flow.graph) }));
    const point = async (versionOf: (flowId: string) => string | undefined) => {
      for (const { id } of world.flows)
        await stack.db
          .update(tables.flow)
          .set({ versionId: versionOf(id) })
          .where(eq(tables.flow.id, id));
      await delay(pauseMs);
    };
    const firsts = new Map(world.flows.map((flow) => [flow.id, flow.versionId]));
    for (const versions of [seconds, firsts, seconds, firsts, seconds]) await point((id) => versions.get(id));
    note("publishings", 5 * world.flows.length);
  },
  expect: async ({ stack, world, note }) => {
    // Starters wait for days; the known flows are over when everything came to rest.
    const known = world.flows.flatMap(({ id, firstTemplate }) => (firstTemplate === null ? [] : [id]));
    const rows = await stack.query<{ number: number; n: string; waiting: string }>(
      `
      select v.number, count(*) as n, count(*) filter (where e.status = 'waiting' and e.flow_id = any($1::uuid[])) as waiting
      from enrollment e join flow_version v on v.id = e.version_id group by v.number order by v.number`,
      [known],
    );
    for (const { number, n } of rows) note(`entered v${number}`, Number(n));
    const waiting = rows.reduce((sum, row) => sum + Number(row.waiting), 0);
    return [
      ...(rows.length < 2 ? ["nobody entered one of the versions"] : []),
      ...(waiting > 0 ? [`${waiting} enrollments still wait`] : []),
    ];
  },
});

/** The same graph whose steps have other names, but for its triggers: whoever waits on the old ones would wait for ever. */
function renamed(graph: Graph): Graph {
  const triggers = new Set(graph.nodes.filter(({ type }) => type.startsWith("trigger")).map(({ id }) => id));
  const nameOf = (id: string) => (triggers.has(id) ? id : `${id}-2`);
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const { nodeId } = node.data;
      // A "go to" names another step.
      const data = typeof nodeId === "string" ? { ...node.data, nodeId: nameOf(nodeId) } : node.data;
      return { ...node, id: nameOf(node.id), data };
    }),
    edges: graph.edges.map((edge) => ({ ...edge, source: nameOf(edge.source), target: nameOf(edge.target) })),
  };
}

async function addVersion({ stack, world }: Pick<FaultBench, "stack" | "world">, flow: World["flows"][number]) {
  const id = newId();
  const by = { publishedBy: "faults", publishedAt: new Date() };
  const version = {
    id,
    workspaceId: world.workspaceId,
    flowId: flow.id,
    number: 2,
    graph: flow.graph,
    hash: id,
    triggerEvent: openedBy(flow),
    ...by,
  };
  await stack.db.insert(tables.flowVersion).values(version);
  return id;
}
