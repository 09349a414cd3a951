import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { worker } from "#db/schema/worker.ts";
import packageJson from "../../package.json" with { type: "json" };
import type { Env } from "../env.ts";
import { reachableUrl } from "../reachable-host.ts";

/** "off": this installation runs without that part. */
export type PartHealth = "ok" | "down" | "off";

export type Health = {
  status: "ok" | "down";
  database: PartHealth;
  door: PartHealth;
  worker: PartHealth;
  sandbox: PartHealth;
  version: string;
};

const answerLimitMs = 2_000;

/** Asks every part how it is, all at once, at most two seconds. The whole is "ok" when no part is down. */
export async function readHealth(db: Database, env: Env): Promise<Health> {
  const [{ database, worker }, door, sandbox] = await Promise.all([
    databaseHealth(db, env.workers > 0),
    answers(`${reachableUrl(env.host, env.doorPort)}/health`),
    env.isDemo ? answers(`${reachableUrl(env.host, env.sandboxPort)}/__sandbox/health`) : ("off" as const),
  ]);
  const isDown = [database, door, worker, sandbox].includes("down");
  return { status: isDown ? "down" : "ok", database, door, worker, sandbox, version: packageJson.version };
}

async function databaseHealth(
  db: Database,
  hasWorkers: boolean,
): Promise<{ database: PartHealth; worker: PartHealth }> {
  const off = { database: "down", worker: hasWorkers ? "down" : "off" } as const;
  try {
    // A worker writes every two seconds; a row of a worker on another machine counts as well. The database's clock judges: no skew.
    const isFresh = sql`select exists (select 1 from ${worker} where ${worker.state} = 'working' and ${worker.beatAt} > now() - interval '6 seconds') as fresh`;
    const { rows } = await within(db.execute<{ fresh: boolean }>(isFresh));
    return { database: "ok", worker: rows[0]?.fresh ? "ok" : off.worker };
  } catch {
    return off;
  }
}

async function answers(url: string): Promise<PartHealth> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerLimitMs) });
    await response.arrayBuffer();
    return response.ok ? "ok" : "down";
  } catch {
    return "down";
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  const limit = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error("too slow")), answerLimitMs).unref(),
  );
  return Promise.race([work, limit]);
}
