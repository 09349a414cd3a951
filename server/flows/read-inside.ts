import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { flowVersion } from "#db/schema/index.ts";
import { type CompiledFlow, compile } from "#flow/compile.ts";
import { FlowSettings, type Graph } from "#flow/graph.ts";
import { type MoveStep, presetMove } from "#flow/move-plan.ts";
import { waitSpan } from "#flow/wait-span.ts";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "./find-flow.ts";
import { findVersion } from "./get-version.ts";
import { readWithin } from "./live/read-within.ts";
import { standingOf } from "./move-people.ts";

/** `number`: the version whose graph comes next, for a rollback; absent: the draft. */
export const ReadInside = z.strictObject({ flowId: z.uuid(), number: z.number().int().min(1).optional() });

export type InsideStep = {
  versionId: string;
  number: number;
  nodeId: string;
  type: string;
  title: string | null;
  people: number;
  /** What is proposed for them. */
  preset: MoveStep;
  /** Whether the next graph has the same step. */
  isThere: boolean;
  /** Of those who would go on at the same step: whose wait would be over at once. Null: it depends on the person. */
  overAtOnce: number | null;
};

/** Everybody who is on their way in a flow, step by step of each version, with what is proposed for them when another graph goes live. */
export async function readInside(actor: Actor, { flowId, number }: z.infer<typeof ReadInside>): Promise<InsideStep[]> {
  const { workspaceId } = actor.session;
  return readWithin(actor, async (tx) => {
    const stored = await findFlow(tx, workspaceId, flowId);
    const after = number ? (await findVersion(tx, { workspaceId, flowId, number })).graph : stored.draft;
    const { rows } = await tx.execute<{ version_id: string; node_id: string; n: string }>(standingOf(flowId));
    if (rows.length === 0) return [];
    const versions = await readGraphs(tx, [...new Set(rows.map((row) => row.version_id))]);
    const over = await countOver(tx, { flowId, rows, after: compileAnyway(after), now: actor.clock.now() });
    return rows
      .flatMap((row) => {
        const version = versions.get(row.version_id);
        if (!version) return [];
        const at = { versionId: row.version_id, nodeId: row.node_id };
        const node = version.graph.nodes.find(({ id }) => id === row.node_id);
        const preset = presetMove(version.graph, after, at);
        return [
          {
            ...at,
            number: version.number,
            type: node?.type ?? "",
            title: node?.title ?? null,
            people: Number(row.n),
            preset,
            isThere: preset.act === "move" && preset.to === row.node_id,
            overAtOnce: over.get(`${row.version_id} ${row.node_id}`) ?? null,
            order: version.graph.nodes.findIndex(({ id }) => id === row.node_id),
          },
        ];
      })
      .toSorted((a, b) => b.number - a.number || a.order - b.order)
      .map(({ order: _, ...step }) => step);
  });
}

async function readGraphs(tx: Transaction, ids: string[]): Promise<Map<string, { number: number; graph: Graph }>> {
  const rows = await tx
    .select({ id: flowVersion.id, number: flowVersion.number, graph: flowVersion.graph })
    .from(flowVersion)
    .where(inArray(flowVersion.id, ids));
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** A draft may hold settings that cannot be read yet. */
function compileAnyway(graph: Graph): CompiledFlow {
  const settings = FlowSettings.safeParse(graph.settings);
  return compile({ ...graph, settings: settings.success ? settings.data : FlowSettings.parse({}) });
}

type Over = { flowId: string; rows: { version_id: string; node_id: string }[]; after: CompiledFlow; now: Date };

/** How many have waited for longer than the next graph would have them wait, where that is one span for all. */
async function countOver(tx: Transaction, { flowId, rows, after, now }: Over): Promise<Map<string, number>> {
  const spans = rows.flatMap((row) => {
    const step = after.nodes.get(row.node_id);
    const span = step ? waitSpan(step) : null;
    return span === null ? [] : [{ ...row, span }];
  });
  if (spans.length === 0) return new Map();
  const counted = await tx.execute<{ version_id: string; node_id: string; n: string }>(sql`
    select s.version_id, s.node_id,
           count(*) filter (where coalesce((e.state->'wait'->>'since')::float8, ${now.getTime()}) + s.span <= ${now.getTime()}
                            and (e.wake_at is null or e.wake_at > ${now.toISOString()}::timestamptz)) as n
    from json_to_recordset(${JSON.stringify(spans)}::json) as s(version_id uuid, node_id text, span float8)
    join enrollment e on e.flow_id = ${flowId} and e.version_id = s.version_id and e.node_id = s.node_id and e.status = 'waiting'
    group by 1, 2`);
  return new Map(counted.rows.map((row) => [`${row.version_id} ${row.node_id}`, Number(row.n)]));
}
