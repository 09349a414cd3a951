import type pg from "pg";
import { postgresCpuUs } from "./cpu-time.ts";

/** What a draining process tells on its standard output. The first `skipped` enrollments warm up and are not in the figures. */
export type Drained = {
  entered: number;
  measured: number;
  seconds: number;
  clientUs: number;
  postgresUs: number;
};

/**
 * Applies batches until there is nothing left and prints what they took, this process and Postgres apart. What comes before
 * `skip` enrollments is not counted: a process that compiles its code is not what an enrollment costs.
 */
export async function reportDrain(
  pool: pg.Pool,
  skip: number,
  applyBatch: () => Promise<{ works: number; entered: number }>,
): Promise<void> {
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  const backend = rows[0]?.pid ?? 0;
  const now = () => ({ at: performance.now(), cpu: process.cpuUsage(), postgres: postgresCpuUs(backend) });
  let begun = now();
  let entered = 0;
  let skipped = 0;
  for (let works = 1; works > 0; ) {
    const applied = await applyBatch();
    works = applied.works;
    const isWarm = entered < skip && entered + applied.entered >= skip;
    entered += applied.entered;
    if (!isWarm) continue;
    begun = now();
    skipped = entered;
  }
  const ended = now();
  const { user, system } = process.cpuUsage(begun.cpu);
  const drained: Drained = {
    entered,
    measured: entered - skipped,
    seconds: (ended.at - begun.at) / 1000,
    clientUs: user + system,
    postgresUs: ended.postgres - begun.postgres,
  };
  process.stdout.write(`${JSON.stringify(drained)}\n`);
}
