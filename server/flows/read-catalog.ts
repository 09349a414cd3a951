import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { channel, flow, flowVersion, segment, template, templateLanguage } from "#db/schema/index.ts";
import type { FlowInfo } from "#flow/flow-info.ts";
import { messageEventName } from "#flow/message-event.ts";
import type { Catalog, TemplateInfo, TemplateStatus } from "#flow/template.ts";
import { sendingOrder } from "#server/channels/sending-number.ts";
import { statusAtAccount } from "#server/channels/template-standing.ts";

const account = `(
  select c.account_id from channel c where c.workspace_id = "template"."workspace_id" order by ${sendingOrder("c")} limit 1)`;
const standing = statusAtAccount(`"template_language"`, account);

/**
 * What validation knows about the world outside the graph: every template of the workspace, by name, languages sorted, every segment, every number and every published flow. A language's
 * status is the one it has where its messages leave from.
 */
export async function readCatalog(db: Queryable, workspaceId: string): Promise<Catalog> {
  const rows = await db
    .select({ template, language: templateLanguage, status: sql<TemplateStatus>`${sql.raw(standing)}` })
    .from(template)
    .leftJoin(templateLanguage, eq(templateLanguage.templateId, template.id))
    .where(eq(template.workspaceId, workspaceId))
    .orderBy(asc(template.name), asc(templateLanguage.language));
  const byName = new Map<string, TemplateInfo>();
  for (const row of rows) {
    const { name, category, samples } = row.template;
    const info = byName.get(name) ?? { name, category, samples, languages: [] };
    byName.set(name, info);
    if (!row.language) continue;
    const { language, header, body, footer, buttons } = row.language;
    const { status } = row;
    info.languages.push({ language, header, body, footer, buttons, status });
  }
  const segments = await db
    .select({ id: segment.id, name: segment.name })
    .from(segment)
    .where(and(eq(segment.workspaceId, workspaceId), isNull(segment.archivedAt)))
    .orderBy(asc(segment.name));
  const channels = await db
    .select({ id: channel.id, name: channel.name })
    .from(channel)
    .where(eq(channel.workspaceId, workspaceId))
    .orderBy(asc(channel.name));
  return { templates: [...byName.values()], segments, channels, flows: await readFlows(db, workspaceId) };
}

/** The running version of every flow that is not archived, as steps of others may run it. */
async function readFlows(db: Queryable, workspaceId: string): Promise<FlowInfo[]> {
  const rows = await db
    .select({
      id: flow.id,
      name: flow.name,
      status: flow.status,
      triggerEvent: flowVersion.triggerEvent,
      runs: flowVersion.runs,
    })
    .from(flow)
    .innerJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(and(eq(flow.workspaceId, workspaceId), ne(flow.status, "archived")))
    .orderBy(asc(flow.name), asc(flow.id));
  const runsOf = new Map(rows.map(({ id, runs }) => [id, runs]));
  return rows.map(({ id, name, status, triggerEvent }) => ({
    id,
    name,
    isRunning: status !== "paused" && status !== "held",
    opensWindow: triggerEvent === messageEventName,
    reaches: reachedFrom(id, runsOf),
  }));
}

function reachedFrom(start: string, runsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([start]);
  for (const id of reached) for (const next of runsOf.get(id) ?? []) reached.add(next);
  return [...reached];
}
