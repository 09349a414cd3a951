import { and, eq, ne, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { flow, flowVersion } from "#db/schema/index.ts";
import type { Graph } from "#flow/graph.ts";

export type TemplateUse = { flowId: string; name: string; status: string };

/** Which flows send a template, by the template's name: those whose draft or running version names it. Archived flows do not count. */
export async function readTemplateUse(db: Queryable, workspaceId: string): Promise<Map<string, TemplateUse[]>> {
  const rows = await db
    .select({ flowId: flow.id, name: flow.name, status: flow.status, draft: flow.draft, running: flowVersion.graph })
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(and(eq(flow.workspaceId, workspaceId), ne(flow.status, "archived")))
    .orderBy(sql`lower(${flow.name})`);
  const use = new Map<string, TemplateUse[]>();
  for (const { draft, running, ...row } of rows) {
    for (const template of new Set([...templatesOf(draft), ...(running ? templatesOf(running) : [])])) {
      use.set(template, [...(use.get(template) ?? []), row]);
    }
  }
  return use;
}

/** The names in the `template` fields of a graph's steps, whatever their type. */
const templatesOf = (graph: Graph): string[] =>
  graph.nodes.map((node) => node.data.template).filter((name) => typeof name === "string" && name !== "") as string[];
