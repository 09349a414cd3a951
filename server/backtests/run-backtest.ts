import { eq } from "drizzle-orm";
import type pg from "pg";
import type { Database } from "#db/client.ts";
import { type BacktestRequest, type BacktestResult, backtestPath, flowVersion } from "#db/schema/index.ts";
import { Replay } from "#flow/backtest/replay.ts";
import type { ReplayRun, ReplaySetup } from "#flow/backtest/replay-run.ts";
import type { ReplayFigures } from "#flow/backtest/tally.ts";
import { SendPolicy } from "#flow/gate/policy.ts";
import type { Graph } from "#flow/graph.ts";
import { namedEvents } from "#flow/named-events.ts";
import { estimateCost } from "#server/channels/prices/estimate-cost.ts";
import { DomainError } from "../errors.ts";
import { readCatalog } from "../flows/read-catalog.ts";
import { playEvents } from "./play-events.ts";
import { readRates } from "./read-rates.ts";
import { readRealFigures } from "./read-real-figures.ts";
import { compileGraph, type Ground, readGround, readScope, rulesOf } from "./read-scope.ts";

/** The paths of so many people are kept to be looked at. */
export const keptPaths = 5_000;

export type Backtest = { id: string; workspaceId: string; flowId: string; request: BacktestRequest };

type RunOptions = {
  pool: pg.Pool;
  db: Database;
  /** Called again and again; answers whether to go on. */
  onProgress: (progress: { read: number; total: number; entered: number }) => Promise<boolean>;
  /** Milliseconds, for how long it took. */
  clock: () => number;
};

/**
 * Plays a draft over the stored events of its days, and beside it the version that runs under the rules in force: the difference
 * between the two is the draft's own doing. Keeps the paths of the first people. Null when it was stopped.
 */
export async function runBacktest(
  backtest: Backtest,
  { pool, db, onProgress, clock }: RunOptions,
): Promise<BacktestResult | null> {
  const begun = clock();
  const { workspaceId, flowId, request } = backtest;
  const { since, until } = request;
  const ground = await readGround(db, workspaceId);
  const policy = proposedPolicy(ground.policy, request);
  const scope = await readScope(db, { workspaceId, flowId, since, until, policy: longerCaps(ground.policy, policy) });
  const catalog = await readCatalog(db, workspaceId);
  const rates = await readRates(pool, { workspaceId, until, seed: backtest.id });
  const shared = {
    flowId,
    catalog,
    rates,
    zone: ground.zone,
    language: ground.language,
    priceOf: estimateCost,
    assumesApproval: true,
  };
  const running = request.versionId ? await readGraph(db, request.versionId) : null;
  const proposed = replayOf(request.graph, { ...shared, rules: rulesOf(policy, ground.zone), keptPaths });
  const before = running && replayOf(running, { ...shared, rules: rulesOf(ground.policy, ground.zone) });
  if (!proposed)
    throw new DomainError("refused", "The draft's settings cannot be read. Open the flow's settings and correct them.");
  const replays = before ? [proposed, before] : [proposed];
  const names = [...new Set([request.graph, ...(running ? [running] : [])].flatMap(namedEvents))];
  const events = await playEvents(replays, {
    pool,
    scope,
    names,
    onProgress: (read) => onProgress({ ...read, entered: proposed.entered }),
  });
  if (events === null) return null;
  const figures: ReplayFigures = proposed.finish(until);
  const runningFigures = before?.finish(until) ?? null;
  await keepPaths(db, backtest.id, proposed.kept);
  return {
    proposed: figures,
    running: runningFigures,
    real: await readRealFigures(pool, { workspaceId, flowId, since, until }),
    events,
    keptPaths: proposed.kept.length,
    rates: templatesOf(request.graph, catalog).map((template) => ({
      template,
      measured: rates.byTemplate.get(template)?.measured ?? 0,
    })),
    tookMs: Math.round(clock() - begun),
  };
}

const proposedPolicy = (inForce: SendPolicy, { policy }: BacktestRequest): SendPolicy =>
  SendPolicy.parse({ ...inForce, ...policy });

/** Messages are read as far back as the longer of the two windows reaches. */
const longerCaps = (one: Ground["policy"], other: Ground["policy"]): SendPolicy =>
  (one.rollingCap?.days ?? 0) > (other.rollingCap?.days ?? 0) ? one : other;

function replayOf(graph: Graph, setup: Omit<ReplaySetup, "flow">): Replay | null {
  const flow = compileGraph(graph);
  return flow && new Replay({ ...setup, flow });
}

async function readGraph(db: Database, versionId: string): Promise<Graph | null> {
  const [row] = await db.select({ graph: flowVersion.graph }).from(flowVersion).where(eq(flowVersion.id, versionId));
  return row?.graph ?? null;
}

const templatesOf = (graph: Graph, { templates }: ReplaySetup["catalog"]): string[] => {
  const named = new Set(graph.nodes.map(({ data }) => data.template));
  return templates.map(({ name }) => name).filter((name) => named.has(name));
};

async function keepPaths(db: Database, backtestId: string, runs: readonly ReplayRun[]): Promise<void> {
  const rows = runs.map((run, ordinal) => ({
    backtestId,
    ordinal,
    contactId: run.person.history.id,
    enteredAt: new Date(run.state.enteredAt),
    endReason: run.state.endReason,
    nodeId: run.state.nodeId,
    sent: run.sent,
    notSent: run.notSent,
    reallySent: run.echo ? run.echo.sends.filter(({ sentAt }) => sentAt !== null).length : null,
    path: run.path ?? [],
  }));
  for (let from = 0; from < rows.length; from += 500)
    await db.insert(backtestPath).values(rows.slice(from, from + 500));
}
