import type { BenchStack } from "../engine/bench-stack.ts";
import { drainTogether } from "../engine/phases.ts";
import { seedEvents } from "../workload/seed.ts";
import type { Rig } from "./axes.ts";

export type Point = { cpuUs: number; perSecond: number };

/** Queues one event for each of its first people and lets the rig's workers apply them all, up to the outbox. */
export async function measurePoint(stack: BenchStack, { database, world, workers, events }: Rig): Promise<Point> {
  await seedEvents(database.pool, world, events);
  await database.pool.query("checkpoint");
  const figures = await drainTogether(stack, { events, workers, databaseUrl: database.url });
  // The outbox is not what grows here: every round begins with an empty one.
  await database.pool.query("truncate outbox");
  return { cpuUs: figures.clientUs + figures.postgresUs, perSecond: figures.perSecond };
}
