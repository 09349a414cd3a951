import { and, eq, ne, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { flow, flowVersion } from "#db/schema/index.ts";
import type { Graph, Purpose } from "#flow/graph.ts";
import type { FlowRow } from "#server/flows/find-flow.ts";
import { readCatalog } from "#server/flows/read-catalog.ts";
import type { TemplateRow } from "#server/templates/find-template.ts";
import type { Change } from "./approval-rules.ts";

/** What the rules ask of a change, all but whom it reaches. */
export type ChangeKind = Omit<Change, "people">;

/**
 * What a flow's draft is: its purpose and that of the version it takes the place of (a flow about fraud stays one while it is being
 * made another), and the categories of the templates its steps send.
 */
export async function changeOfFlow(db: Queryable, { workspaceId, draft, versionId }: FlowRow): Promise<ChangeKind> {
  const [running] = versionId
    ? await db.select({ graph: flowVersion.graph }).from(flowVersion).where(eq(flowVersion.id, versionId))
    : [];
  const { templates } = await readCatalog(db, workspaceId);
  const sent = new Set(templatesOf(draft));
  return {
    purposes: unique([draft.settings.purpose, ...(running ? [running.graph.settings.purpose] : [])]),
    categories: unique(templates.flatMap(({ name, category }) => (sent.has(name) ? [category] : []))),
  };
}

/** What a template's text is: its category, and the purposes of the flows that send it, by their drafts and running versions. */
export async function changeOfTemplate(
  db: Queryable,
  { workspaceId, name, category }: Pick<TemplateRow, "workspaceId" | "name" | "category">,
): Promise<ChangeKind> {
  const sends = (graph: typeof flow.draft | typeof flowVersion.graph) =>
    sql`jsonb_path_exists(${graph}, '$.nodes[*].data.template ? (@ == $name)', jsonb_build_object('name', ${name}::text))`;
  const rows = await db
    .select({
      draft: sql<Purpose | null>`case when ${sends(flow.draft)} then ${flow.draft} -> 'settings' ->> 'purpose' end`,
      running: sql<Purpose | null>`case when ${sends(flowVersion.graph)} then ${flowVersion.graph} -> 'settings' ->> 'purpose' end`,
    })
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(and(eq(flow.workspaceId, workspaceId), ne(flow.status, "archived")));
  return {
    purposes: unique(rows.flatMap(({ draft, running }) => [draft ?? [], running ?? []].flat())),
    categories: [category],
  };
}

/** The names in the `template` fields of a graph's steps, whatever their type. */
const templatesOf = ({ nodes }: Graph): string[] =>
  nodes.flatMap(({ data }) => (typeof data.template === "string" && data.template !== "" ? [data.template] : []));

const unique = <Item>(items: Item[]): Item[] => [...new Set(items)];
