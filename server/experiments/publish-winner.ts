import { eq } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { experiment, flow, flowVersion } from "#db/schema/index.ts";
import { settleExperiment } from "#flow/settle-experiment.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import type { Clock } from "#server/clock.ts";
import { DomainError } from "#server/errors.ts";
import { lockFlow } from "#server/flows/find-flow.ts";
import { publishVersion } from "#server/flows/publish-version.ts";
import type { Log } from "#server/log.ts";
import type { Actor } from "#server/trpc.ts";
import type { ExperimentRow } from "./find-experiment.ts";
import { logExperiment } from "./log-experiment.ts";

type Winning = { row: ExperimentRow; arm: string; clock: Clock; log: Log };

/**
 * Publishes the running version without its split, everybody on the winning arm, in the name of whoever agreed to it beforehand. A
 * draft that says the same as the running version goes along; another one stays as somebody left it. What may not go live (the flow is
 * archived, a template was stopped meanwhile) is told in the experiment's log, and the next reading tries again.
 */
export async function publishWinner(db: Database, winning: Winning): Promise<void> {
  const { row, clock, log } = winning;
  try {
    await db.transaction((tx) => publishIn(tx, winning));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    log.warn({ experimentId: row.id, flowId: row.flowId, code: error.code }, "a winner could not go live");
    const told = { workspaceId: row.workspaceId, experimentId: row.id, at: clock.now(), actor: null };
    await logExperiment(db, { ...told, kind: "note", detail: { notPublished: error.message } });
  }
}

async function publishIn(tx: Transaction, { row, arm, clock }: Winning): Promise<void> {
  const stored = await lockFlow(tx, row.workspaceId, row.flowId);
  const [locked] = await tx.select().from(experiment).where(eq(experiment.id, row.id)).for("update");
  const { consentBy } = locked ?? {};
  // Taken back, or decided by somebody, since it was read.
  if (locked?.state !== "running" || !consentBy || stored.versionId === null) return;
  if (stored.status === "archived") throw new DomainError("refused", "The flow is archived.");
  const [running] = await tx.select().from(flowVersion).where(eq(flowVersion.id, stored.versionId));
  if (!running) return;
  const graph = settleExperiment(running.graph, { key: row.key, arm });
  await tx.update(experiment).set({ winner: arm }).where(eq(experiment.id, row.id));
  const grant = { winnerOf: row.id };
  await publishVersion(tx, actorOf(row.workspaceId, consentBy, clock), { stored, graph, grant });
  if (canonicalHash(stored.draft) === running.hash)
    await tx
      .update(flow)
      .set({ draft: graph, revision: stored.revision + 1 })
      .where(eq(flow.id, stored.id));
}

/** It is done in the name of whoever agreed to it. */
const actorOf = (workspaceId: string, userId: string, clock: Clock): Pick<Actor, "clock" | "session"> => ({
  clock,
  session: { userId, workspaceId, name: "", email: "", language: "en", role: "checker", signIn: null },
});
