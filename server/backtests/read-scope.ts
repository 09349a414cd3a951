import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { flowVersion, workspace } from "#db/schema/index.ts";
import type { ReplayRules } from "#flow/backtest/replay-gate.ts";
import { type CompiledFlow, compile } from "#flow/compile.ts";
import type { ContactChange } from "#flow/contact.ts";
import { keywordsOf } from "#flow/gate/opt-out.ts";
import { consentRulesOf, type SendPolicy } from "#flow/gate/policy.ts";
import { FlowSettings, type Graph } from "#flow/graph.ts";
import { DomainError } from "../errors.ts";
import { findPolicy } from "../settings/read-policy.ts";
import type { HistoryScope } from "./read-histories.ts";

/** The workspace a backtest is in, as far as its messages depend on it. */
export type Ground = { zone: string; language: string; policy: SendPolicy };

export async function readGround(db: Database, workspaceId: string): Promise<Ground> {
  const { policy, timezone } = await findPolicy(db, workspaceId);
  const [row] = await db.select({ language: workspace.language }).from(workspace).where(eq(workspace.id, workspaceId));
  if (!row) throw new DomainError("not-found", "This workspace does not exist.");
  return { zone: timezone, language: row.language, policy };
}

export const rulesOf = (policy: SendPolicy, zone: string): ReplayRules => ({
  capPerDay: policy.capPerDay,
  rollingCap: policy.rollingCap,
  quietHours: policy.quietHours,
  collections: policy.collections,
  budget: policy.budget,
  on: policy.on,
  consent: consentRulesOf(policy, zone),
});

/** As the engine reads it; a version whose settings cannot be read lets nobody in. */
export function compileGraph(graph: Graph): CompiledFlow | null {
  const settings = FlowSettings.safeParse(graph.settings);
  return settings.success ? compile({ ...graph, settings: settings.data }) : null;
}

/** What the histories are read for, with the steps of all versions of the workspace that write on people. */
export async function readScope(
  db: Database,
  {
    workspaceId,
    flowId,
    since,
    until,
    policy,
  }: { workspaceId: string; flowId: string; since: number; until: number; policy: SendPolicy },
): Promise<HistoryScope> {
  const versions = await db
    .select({ id: flowVersion.id, flowId: flowVersion.flowId, graph: flowVersion.graph })
    .from(flowVersion)
    .where(eq(flowVersion.workspaceId, workspaceId));
  const compiled = versions.map((version) => ({ ...version, flow: compileGraph(version.graph) }));
  return {
    workspaceId,
    flowId,
    since,
    until,
    keywords: keywordsOf(policy),
    answeringNodes: answeringNodes(
      compiled.filter((version) => version.flowId === flowId).flatMap(({ flow }) => flow ?? []),
    ),
    writingSteps: new Map(
      compiled.flatMap(({ id, flow }) => {
        const nodes = writingNodes(flow);
        return nodes.size > 0 ? [[id, nodes] as const] : [];
      }),
    ),
    // A window opens 24 hours back, and a day of the person's may have begun the day before.
    capDays: Math.max(3, (policy.rollingCap?.days ?? 0) + 2),
  };
}

/** Steps that ask somebody outside and go on by the answer: other systems, agents, and other flows. */
const answeringNodes = (flows: readonly CompiledFlow[]): string[] => [
  ...new Set(
    flows.flatMap((flow) =>
      [...flow.nodes]
        .filter(([, { node }]) => node?.family === "integration" || node?.pauses || node?.starts)
        .map(([id]) => id),
    ),
  ),
];

const writingNodes = (flow: CompiledFlow | null): Map<string, readonly ContactChange[]> =>
  new Map(
    [...(flow?.nodes ?? [])].flatMap(([id, { node, config }]) => {
      const changes = node?.changes?.(config) ?? [];
      return changes.length > 0 ? [[id, changes] as const] : [];
    }),
  );
