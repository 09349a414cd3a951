import pg from "pg";
import type { BenchEvent, BenchFlow, BenchPerson } from "../../workload/one-run.ts";
import { readFlows } from "../../workload/statements.ts";

/** Every side is started with the workspace and the number of runs, and tells what it does by lines on its standard output. */
export const workspaceId = process.argv[2] ?? "";
export const runs = Number(process.argv[3] ?? 0);
export const databaseUrl = process.env.DATABASE_URL ?? "";

/** True where each step of the run (match, condition, split, send, goal) is to be kept, as the engine's path keeps it. */
export const isPerStep = process.argv[4] === "per-step";

/** Runs that a side has under way at once: as many as the engine has calls. */
export const concurrency = 64;

export const openPool = (max: number): pg.Pool => new pg.Pool({ connectionString: databaseUrl, max });

/** The flow of the workspace, its people, and one event for each. */
export async function readWork(
  pool: pg.Pool,
): Promise<{ flow: BenchFlow; people: BenchPerson[]; events: BenchEvent[] }> {
  const flows = (await pool.query<BenchFlow>(readFlows)).rows;
  const flow = flows.find((each) => each.workspaceId === workspaceId);
  if (!flow) throw new Error(`No flow in workspace ${workspaceId}.`);
  const { rows: people } = await pool.query<BenchPerson>(
    `select id, workspace_id, shard, first_name, phone, attributes, consents from contact
     where workspace_id = $1 order by id limit $2`,
    [workspaceId, runs],
  );
  const properties = { amount: 105_000, currency: "XOF", merchant: "Marché Kermel" };
  const events = people.map(() => ({ id: crypto.randomUUID(), name: "bench.event", properties, at: Date.now() }));
  return { flow, people, events };
}

/** Tells which processes of its own the side has started, so that their CPU is counted. */
export const tellServers = (pids: number[]): boolean => process.stdout.write(`${JSON.stringify({ servers: pids })}\n`);

/** Tells that all runs are over. */
export const tellDone = (): boolean => process.stdout.write(`${JSON.stringify({ done: runs })}\n`);

/** A counter that tells when the last run is over. */
export function countRuns(): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count === runs) tellDone();
  };
}
