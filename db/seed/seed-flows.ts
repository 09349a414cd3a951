import { flow, flowVersion } from "#db/schema/index.ts";
import { type CompiledFlow, compile } from "#flow/compile.ts";
import type { JsonObject } from "#flow/json.ts";
import { starters } from "#flow/starters/index.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { startExperiments } from "#server/experiments/start-experiments.ts";
import { fixedId } from "./fixed-id.ts";
import { insertAll } from "./insert-all.ts";
import type { Seed } from "./seed.ts";

const dayMs = 86_400_000;

type Starter = (typeof starters)[number];

/** Names as this bank's maker wrote them. */
const names: Record<string, string> = {
  "transaction-alert": "Transaction alert",
  "account-update": "Statement ready",
  "statement-ready": "Statement ready",
  "loan-pre-approval": "Loan pre-approval",
  "kyc-reminder": "KYC reminder",
  "payment-reminder": "Payment reminder",
  "fraud-alert": "Fraud alert",
  chatbot: "Chatbot",
  "csat-and-tips": "CSAT and tips",
};

/** What runs from the first minute; the other starters lie there as drafts. */
const activeIds = ["kyc-reminder", "loan-pre-approval", "fraud-alert"];

/** An active flow, ready for a history. */
export type RunningFlow = {
  flowId: string;
  versionId: string;
  compiled: CompiledFlow;
  event: { name: string; properties: JsonObject };
};

export const flowIdOf = (workspaceId: string, starterId: string): string => fixedId(`flow:${workspaceId}:${starterId}`);

/** All starters as flows of the workspace; answers those that are active. */
export async function seedFlows(seed: Seed): Promise<RunningFlow[]> {
  const active = starters.filter((starter) => activeIds.includes(starter.id));
  await insertAll(
    seed.tx,
    flow,
    starters.map((starter, index) => flowRow(seed, starter, index)),
  );
  await insertAll(
    seed.tx,
    flowVersion,
    active.map((starter) => versionRow(seed, starter)),
  );
  for (const { id, graph } of active)
    await startExperiments(seed.tx, {
      ...{
        workspaceId: seed.workspaceId,
        flowId: flowIdOf(seed.workspaceId, id),
        versionId: versionIdOf(seed, id),
        graph,
      },
      ...{ version: 1, actor: seed.makerId, at: publishedAt(seed) },
    });
  return active.map(({ id, graph, sampleEvent }) => ({
    flowId: flowIdOf(seed.workspaceId, id),
    versionId: versionIdOf(seed, id),
    compiled: compile(graph),
    event: sampleEvent,
  }));
}

const versionIdOf = ({ workspaceId }: Seed, starterId: string) => fixedId(`version:${workspaceId}:${starterId}:1`);

function flowRow(seed: Seed, { id, graph }: Starter, index: number): typeof flow.$inferInsert {
  const isActive = activeIds.includes(id);
  const changedAt = new Date(seed.now.getTime() - (isActive ? 30 : 3) * dayMs - index * 3_600_000);
  return {
    id: flowIdOf(seed.workspaceId, id),
    workspaceId: seed.workspaceId,
    name: names[id] ?? id,
    status: isActive ? "active" : "draft",
    draft: graph,
    versionId: isActive ? versionIdOf(seed, id) : null,
    createdBy: seed.makerId,
    updatedBy: seed.makerId,
    createdAt: changedAt,
    updatedAt: changedAt,
  };
}

function versionRow(seed: Seed, { id, graph, sampleEvent }: Starter): typeof flowVersion.$inferInsert {
  return {
    id: versionIdOf(seed, id),
    workspaceId: seed.workspaceId,
    flowId: flowIdOf(seed.workspaceId, id),
    number: 1,
    graph,
    hash: canonicalHash(graph),
    triggerEvent: compile(graph).trigger?.event ?? sampleEvent.name,
    publishedBy: seed.makerId,
    publishedAt: publishedAt(seed),
  };
}

const publishedAt = ({ now }: Seed): Date => new Date(now.getTime() - 30 * dayMs);
