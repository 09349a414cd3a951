import type { GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import type { FaultStack } from "../stack/fault-stack.ts";
import type { World } from "../world/build-world.ts";
import type { Facts } from "./facts.ts";

type Left = { enrollmentId: string; flowId: string; nodeId: string; visit: number; handle: string };

/** What became of steps that do more than lead on: flows that they ran, turns that they gave, systems that they asked, words that people wrote. */
export async function readSteps(
  stack: FaultStack,
  world: World,
): Promise<Pick<Facts, "walked" | "runs" | "throttles" | "calls" | "answers" | "writings">> {
  return {
    walked: await readWalked(stack, world),
    runs: await readRuns(stack, world),
    throttles: await readThrottles(stack, world),
    calls: await readCalls(stack, world),
    answers: new Set(stack.endpoint.answered.keys()),
    writings: await readWritings(stack, world),
  };
}

/** The steps of a type in the world's flows, as "flow node". */
const stepsOf = ({ flows }: World, type: string) =>
  new Map(
    flows.flatMap(({ id, graph }) =>
      graph.nodes.filter((node) => node.type === type).map((node): [string, GraphNode] => [`${id} ${node.id}`, node]),
    ),
  );

async function readWalked(stack: FaultStack, { workspaceId, flows }: World): Promise<Facts["walked"]> {
  const rows = await stack.query<{ step: string }>(
    "select distinct flow_id || ' ' || node_id as step from trace where workspace_id = $1",
    [workspaceId],
  );
  const taken = new Set(rows.map(({ step }) => step));
  const nodes = flows.flatMap(({ id, graph }) => graph.nodes.filter((node) => taken.has(`${id} ${node.id}`)));
  return new Set(nodes.map(({ type }) => type));
}

async function readRuns(stack: FaultStack, world: World): Promise<Facts["runs"]> {
  const steps = stepsOf(world, "run-flow");
  const rows = await stack.query<Left>(
    `select t.enrollment_id as "enrollmentId", t.flow_id as "flowId", t.node_id as "nodeId", t.visit, t.handle from trace t
     where t.workspace_id = $1 and t.kind = 'left' and t.handle is not null and t.node_id = any($2::text[])`,
    [world.workspaceId, [...steps.values()].map(({ id }) => id)],
  );
  return rows.filter(({ flowId, nodeId }) => steps.has(`${flowId} ${nodeId}`));
}

async function readThrottles(stack: FaultStack, world: World): Promise<Facts["throttles"]> {
  const steps = stepsOf(world, "throttle");
  const rows = await stack.query<{ step: string; wentOn: number; firstAt: number; lastAt: number }>(
    `select t.flow_id || ' ' || t.node_id as step, count(*) filter (where t.kind = 'left' and t.handle = 'next')::integer as "wentOn",
            (extract(epoch from min(t.at)) * 1000)::float8 as "firstAt", (extract(epoch from max(t.at)) * 1000)::float8 as "lastAt"
     from trace t where t.workspace_id = $1 and t.node_id = any($2::text[]) group by 1`,
    [world.workspaceId, [...steps.values()].map(({ id }) => id)],
  );
  return rows.flatMap((row) => {
    const node = steps.get(row.step);
    const pace = node && nodeTypeOf(node.type)?.paces?.(node.data);
    return pace ? [{ ...row, ...pace }] : [];
  });
}

/** Of the system that answers: others of the harness keep no record. */
const readCalls = (stack: FaultStack, { workspaceId }: World): Promise<Facts["calls"]> =>
  stack.query(
    `select id, status = 'ok' as "isTaken" from webhook_call where workspace_id = $1 and request ->> 'url' like $2 || '/%'`,
    [workspaceId, stack.endpoint.url],
  );

/**
 * What a person writes counts from its commit: before, the product cannot know of it (as with withdrawals). The commit that can be asked for
 * is the row's last one, and a row is written again when its conversation is handed over: so at the latest a minute after it was written.
 */
const readWritings = (stack: FaultStack, { workspaceId }: World): Promise<Facts["writings"]> =>
  stack.query(
    `select contact_id as "contactId", (extract(epoch from at) * 1000)::float8 as at,
            (extract(epoch from greatest(at, least(committed, at + interval '1 minute'))) * 1000)::float8 as "knownAt"
     from (select contact_id, created_at as at, pg_xact_commit_timestamp(xmin) as committed from message
           where workspace_id = $1 and direction = 'inbound') m`,
    [workspaceId],
  );
