import { and, asc, eq, inArray } from "drizzle-orm";
import { audit, flow, flowStatuses, flowVersion } from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import type { ContactChange } from "#flow/contact.ts";
import { FlowSettings } from "#flow/graph.ts";
import type { Actor } from "../trpc.ts";
import type { FlowPast, FlowStatus, StatusChange } from "./flow-at.ts";
import type { Drawn } from "./walk-path.ts";

/** What steps write on a person, by version and step: what turns a path into changes of the profile. */
export type WritingSteps = ReadonlyMap<string, ReadonlyMap<string, ContactChange[]>>;

/** Acts of the audit that change whether a flow runs. */
const acts = [
  "publish-flow",
  "pause-flow",
  "resume-flow",
  "hold-flow",
  "release-flow",
  "archive-flow",
  "restore-flow",
] as const;

/** The workspace's flows, or one of them, with their versions and every change of status, oldest first. Flows without a version never ran. */
export async function readFlows({ db, session }: Actor, flowId: string | undefined): Promise<FlowPast[]> {
  const own = and(eq(flow.workspaceId, session.workspaceId), flowId ? eq(flow.id, flowId) : undefined);
  const flows = await db.select({ id: flow.id, name: flow.name, status: flow.status }).from(flow).where(own);
  const ids = flows.map((row) => row.id);
  if (ids.length === 0) return [];
  const [versions, changes] = await Promise.all([
    db
      .select({
        id: flowVersion.id,
        flowId: flowVersion.flowId,
        number: flowVersion.number,
        triggerEvent: flowVersion.triggerEvent,
        publishedAt: flowVersion.publishedAt,
      })
      .from(flowVersion)
      .where(inArray(flowVersion.flowId, ids))
      .orderBy(asc(flowVersion.number)),
    db
      .select({ subjectId: audit.subjectId, action: audit.action, at: audit.at, detail: audit.detail })
      .from(audit)
      .where(
        and(
          eq(audit.workspaceId, session.workspaceId),
          inArray(audit.subjectId, ids),
          inArray(audit.action, [...acts]),
        ),
      )
      .orderBy(asc(audit.sequence)),
  ]);
  const versionsOf = Map.groupBy(versions, (row) => row.flowId);
  const changesOf = Map.groupBy(changes, (row) => row.subjectId);
  return flows.map((row) => ({
    ...row,
    versions: (versionsOf.get(row.id) ?? []).map((version) => ({
      ...version,
      publishedAt: version.publishedAt.getTime(),
    })),
    changes: (changesOf.get(row.id) ?? []).flatMap(statusChange),
  }));
}

function statusChange({ action, at, detail }: Pick<typeof audit.$inferSelect, "action" | "at" | "detail">) {
  const isPublish = action === "publish-flow";
  const to = isPublish ? "active" : knownStatus(detail.to);
  return to ? [{ at: at.getTime(), from: knownStatus(detail.from), to } satisfies StatusChange] : [];
}

const knownStatus = (word: unknown): FlowStatus | null => flowStatuses.find((status) => status === word) ?? null;

/** Versions by id, as drawn and ready to run. One that cannot be read has no `flow`. */
export async function readVersions({ db, session }: Actor, ids: string[]): Promise<Map<string, Drawn>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: flowVersion.id, graph: flowVersion.graph })
    .from(flowVersion)
    .where(and(inArray(flowVersion.id, ids), eq(flowVersion.workspaceId, session.workspaceId)));
  return new Map(rows.map(({ id, graph }) => [id, { graph, flow: tryCompile(graph) }]));
}

/** As the engine reads it: one unreadable version must not stop the answer about the others. */
function tryCompile(graph: Drawn["graph"]): Drawn["flow"] {
  const settings = FlowSettings.safeParse(graph.settings);
  return settings.success ? compile({ ...graph, settings: settings.data }) : null;
}

export const writingSteps = (versions: ReadonlyMap<string, Drawn>): WritingSteps =>
  new Map(
    [...versions].map(([id, { flow: compiled }]) => [
      id,
      new Map(
        [...(compiled?.nodes ?? [])].flatMap(([nodeId, { node, config }]) => {
          const changes = node?.changes?.(config) ?? [];
          return changes.length > 0 ? [[nodeId, changes] as const] : [];
        }),
      ),
    ]),
  );
