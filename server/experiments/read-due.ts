import { desc, eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { experiment, experimentWeights, type StoredVerdict } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Clock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import type { Log } from "#server/log.ts";
import { notify } from "#server/notifications/notify.ts";
import type { ExperimentRow } from "./find-experiment.ts";
import { judgeExperiment } from "./judge/judge-experiment.ts";
import { logExperiment } from "./log-experiment.ts";
import { nextWeights } from "./next-weights.ts";
import { publishWinner } from "./publish-winner.ts";
import { readFacts } from "./read-facts.ts";
import { storedVerdict } from "./stored-verdict.ts";

const hourMs = 3_600_000;
/** How old a reading may get; and how long a bandit's weights hold, which is longer than most people take to act. */
const readEveryMs = hourMs;
const weightsEveryMs = 24 * hourMs;

type Reader = { clock: Clock; log: Log };

/**
 * Reads the running experiment whose reading is the oldest, once it is due: keeps the verdict, tells a new one in its log, moves a
 * bandit's weights once a day, and publishes a winner that somebody has agreed to beforehand. Claimed before it is read, so that two
 * workers never read one; a worker that dies leaves it to the next hour. Answers whether one was due.
 */
export async function readDue(db: Database, { clock, log }: Reader): Promise<boolean> {
  const now = clock.now();
  const claimed = await claim(db, now);
  if (claimed) await readOne(db, claimed, { clock, log });
  return claimed !== null;
}

/** One reading of an experiment that nobody else reads: what readDue does once it is due. */
export async function readOne(db: Database, row: ExperimentRow, { clock, log }: Reader): Promise<void> {
  const now = clock.now();
  const facts = await readFacts(db, row, { now });
  const judgement = judgeExperiment(facts);
  const verdict = storedVerdict(facts, judgement);
  await keepVerdict(db, { row, verdict, now, clock });
  if (row.plan.method === "bandit" && judgement.unhealthy.length === 0)
    await moveWeights(db, { row, facts, now, clock });
  if (verdict.state === "ship" && verdict.arm !== null && row.consentBy !== null)
    await publishWinner(db, { row, arm: verdict.arm, clock, log });
}

async function claim(db: Database, now: Date): Promise<ExperimentRow | null> {
  const due = new Date(now.getTime() - readEveryMs);
  const oldest = sql`(
    select id from experiment where state = 'running' and (read_at is null or read_at <= ${due.toISOString()}::timestamptz)
    order by read_at nulls first limit 1 for update skip locked)`;
  const [row] = await db.update(experiment).set({ readAt: now }).where(eq(experiment.id, oldest)).returning();
  return row ?? null;
}

type Kept = { row: ExperimentRow; verdict: StoredVerdict; now: Date; clock: Clock };

async function keepVerdict(db: Database, { row, verdict, now, clock }: Kept): Promise<void> {
  const isNew = row.verdict?.state !== verdict.state || row.verdict.arm !== verdict.arm;
  await db.transaction(async (tx) => {
    await tx.update(experiment).set({ verdict }).where(eq(experiment.id, row.id));
    if (!isNew) return;
    const { workspaceId, id: experimentId } = row;
    await logExperiment(tx, { workspaceId, experimentId, at: now, actor: null, kind: "verdict", detail: verdict });
    await tellVerdict(tx, { row, verdict, clock });
  });
}

/** What asks for somebody; that an experiment runs, or is too young, does not. */
async function tellVerdict(tx: Transaction, { row, verdict, clock }: Omit<Kept, "now">): Promise<void> {
  const { state } = verdict;
  if (state === "running" || state === "not-enough") return;
  await notify(
    tx,
    { clock, actor: "system", workspaceId: row.workspaceId },
    {
      kind: "experiment-verdict",
      to: [{ verb: "edit-experiments" }],
      subjectId: row.id,
      values: { name: row.title || row.key, verdict: state },
    },
  );
}

type Moving = { row: ExperimentRow; facts: Parameters<typeof nextWeights>[0]; now: Date; clock: Clock };

async function moveWeights(db: Database, { row, facts, now, clock }: Moving): Promise<void> {
  const { id: experimentId, workspaceId } = row;
  await db.transaction(async (tx) => {
    const [locked] = await tx.select().from(experiment).where(eq(experiment.id, experimentId)).for("update");
    if (locked?.state !== "running") return;
    const [newest] = await tx
      .select()
      .from(experimentWeights)
      .where(eq(experimentWeights.experimentId, experimentId))
      .orderBy(desc(experimentWeights.validFrom))
      .limit(1);
    if (newest?.source === "bandit" && now.getTime() - newest.validFrom.getTime() < weightsEveryMs) return;
    const drawn = Object.fromEntries(locked.arms.map(({ id, weight }) => [id, weight]));
    const next = nextWeights(facts, newest?.source === "bandit" ? newest.weights : drawn);
    if (!next) return;
    const weightsId = newId();
    await tx.insert(experimentWeights).values({
      ...{ id: weightsId, workspaceId, experimentId, validFrom: now, source: "bandit" },
      ...next,
    });
    await tx.update(experiment).set({ weightsId }).where(eq(experiment.id, experimentId));
    await logExperiment(tx, { workspaceId, experimentId, at: now, actor: null, kind: "weights", detail: next });
    await recordAudit(
      tx,
      { clock, actor: "system", workspaceId },
      { action: "move-weights", subject: "experiment", subjectId: experimentId, detail: { weights: next.weights } },
    );
  });
}
