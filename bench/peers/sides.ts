/** Who is measured, and what each does: the rows of the table are only fair with these words beside them. */
export type Side = {
  name: string;
  program: string;
  given?: readonly string[];
  /** What it keeps and what it would do after a crash. */
  does: string;
  /** A program that has to be on the machine; where it is missing the side is left out and the command says so. */
  needs?: { command: string; hint: string };
};

export const sides: readonly Side[] = [
  {
    name: "Chasqui",
    program: "server/engine/main.ts",
    does: "enrollment, path of 5 rows, message, outbox, cap counter, every check of the gate; order per person; claim before call, unknown outcomes reconciled; fsync",
  },
  {
    name: "pg-boss",
    program: "bench/peers/sides/pg-boss.ts",
    does: "one job per run, fetched and completed in batches; the same rows by one transaction and one settlement per run; retries by job (a call may be made twice); fsync",
  },
  {
    name: "graphile-worker",
    program: "bench/peers/sides/graphile-worker.ts",
    does: "one job per run, local queue of 512 and batched completion; the same rows as pg-boss; retries by job (a call may be made twice); fsync",
  },
  {
    name: "BullMQ",
    program: "bench/peers/sides/bullmq.ts",
    does: "one job per run and the call; no other rows; append-only file synced each second, so a crash of the machine may lose a second",
    needs: { command: "redis-server", hint: "apt-get install redis-server" },
  },
  {
    name: "Restate, call only",
    program: "bench/peers/sides/restate.ts",
    does: "one virtual object per person, the call as its one journaled step, the enrollment as its state; order per person; takes events in by its ingress (counted); a step cut short is made again",
  },
  {
    name: "Restate, each step",
    program: "bench/peers/sides/restate.ts",
    given: ["per-step"],
    does: "the same with each of the five steps journaled, which is what our path keeps",
  },
  {
    name: "DBOS, call only",
    program: "bench/peers/sides/dbos.ts",
    does: "one durable workflow per run from a queue, the call as its one step: two rows of its own, none of ours; takes events in by its client (counted); a step cut short is made again; fsync",
  },
  {
    name: "DBOS, each step",
    program: "bench/peers/sides/dbos.ts",
    given: ["per-step"],
    does: "the same with each of the five steps as a row, which is what our path keeps",
  },
];
