import { and, count, countDistinct, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { enrollment, flow, flowVersion, message, outbox, template } from "#db/schema/index.ts";
import type { Graph } from "#flow/graph.ts";
import { stepsBefore } from "./steps-before.ts";

export type TemplateUse = {
  flowId: string;
  name: string;
  status: string;
  /** The running version; null before the first publish. */
  version: number | null;
  /** People inside the flow who may still come to a step that sends the template. */
  waiting: number;
  /** People whose message waits here until it may be sent again. */
  held: number;
};

/**
 * Which flows send a template, by the template's name: those whose draft or running version names it, and those in which people
 * still walk an older version that does. Archived flows do not count.
 */
export async function readTemplateUse(db: Queryable, workspaceId: string): Promise<Map<string, TemplateUse[]>> {
  const rows = await db
    .select({
      flowId: flow.id,
      name: flow.name,
      status: flow.status,
      draft: flow.draft,
      running: flowVersion.graph,
      version: flowVersion.number,
    })
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(and(eq(flow.workspaceId, workspaceId), ne(flow.status, "archived")))
    .orderBy(sql`lower(${flow.name})`);
  const waiting = await readWaiting(
    db,
    rows.filter(({ version }) => version !== null).map(({ flowId }) => flowId),
  );
  const held = await readHeld(db, workspaceId);
  const use = new Map<string, TemplateUse[]>();
  for (const { draft, running, ...row } of rows) {
    const inside = waiting.get(row.flowId);
    const names = new Set([...templatesOf(draft), ...(running ? templatesOf(running) : []), ...(inside?.keys() ?? [])]);
    for (const name of names) {
      use.set(name, [
        ...(use.get(name) ?? []),
        { ...row, waiting: inside?.get(name) ?? 0, held: held.get(`${row.flowId} ${name}`) ?? 0 },
      ]);
    }
  }
  return use;
}

/** By flow and template, how many people's messages wait for it. */
async function readHeld(db: Queryable, workspaceId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ flowId: message.flowId, name: template.name, people: countDistinct(outbox.contactId) })
    .from(outbox)
    .innerJoin(message, eq(message.id, outbox.messageId))
    .innerJoin(template, eq(template.id, outbox.heldTemplateId))
    .where(and(eq(outbox.workspaceId, workspaceId), isNotNull(outbox.heldTemplateId)))
    .groupBy(message.flowId, template.name);
  return new Map(rows.map(({ flowId, name, people }) => [`${flowId} ${name}`, people]));
}

/** By flow and template, how many people stand on a step from which a way leads to one that sends it. */
async function readWaiting(db: Queryable, flowIds: string[]): Promise<Map<string, Map<string, number>>> {
  const waiting = new Map<string, Map<string, number>>();
  if (flowIds.length === 0) return waiting;
  const places = await db
    .select({
      flowId: enrollment.flowId,
      versionId: enrollment.versionId,
      nodeId: enrollment.nodeId,
      people: count(),
    })
    .from(enrollment)
    .where(and(inArray(enrollment.flowId, flowIds), eq(enrollment.status, "waiting")))
    .groupBy(enrollment.flowId, enrollment.versionId, enrollment.nodeId);
  const versionIds = [...new Set(places.map(({ versionId }) => versionId))];
  if (versionIds.length === 0) return waiting;
  const graphs = await db
    .select({ id: flowVersion.id, graph: flowVersion.graph })
    .from(flowVersion)
    .where(inArray(flowVersion.id, versionIds));
  for (const { id, graph } of graphs) {
    const here = places.filter(({ versionId }) => versionId === id);
    for (const template of new Set(templatesOf(graph))) {
      const before = stepsBefore(graph, template);
      const people = here
        .filter(({ nodeId }) => nodeId !== null && before.has(nodeId))
        .reduce((sum, place) => sum + place.people, 0);
      const flowId = here[0]?.flowId;
      if (flowId === undefined || people === 0) continue;
      const ofFlow = waiting.get(flowId) ?? new Map<string, number>();
      waiting.set(flowId, ofFlow.set(template, (ofFlow.get(template) ?? 0) + people));
    }
  }
  return waiting;
}

/** The names in the `template` fields of a graph's steps, whatever their type. */
const templatesOf = (graph: Graph): string[] =>
  graph.nodes.map((node) => node.data.template).filter((name) => typeof name === "string" && name !== "") as string[];
