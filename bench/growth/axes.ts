import { SampleWorld } from "#server/engine/sample-world.ts";
import { publishRun } from "../engine/bench-world.ts";
import { createOwnDatabase, type OwnDatabase } from "../own-database.ts";
import { publishSleep, seedPeople, seedSleepers } from "../workload/seed.ts";

/** A database in which `people` of the workspace are going to send one event each. */
export type Rig = { database: OwnDatabase; world: SampleWorld; workers: number; events: number };

export type Axis = {
  name: string;
  title: string;
  /** What grows, in the plural. */
  what: string;
  sizes: readonly number[];
  isLogX: boolean;
  prepare: (size: number, events: number) => Promise<Rig>;
};

async function openWorld(people: number, events: number): Promise<Rig> {
  const database = await createOwnDatabase();
  const world = new SampleWorld(database);
  await world.build({ messagesPerSecond: 20_000 });
  await publishRun(world);
  await seedPeople(database.pool, world, people);
  return { database, world, workers: 1, events };
}

/** What grows, each axis apart from the others. */
export const axes: readonly Axis[] = [
  {
    name: "contacts",
    title: "People in the workspace",
    what: "contacts",
    sizes: [10_000, 100_000, 1_000_000],
    isLogX: true,
    prepare: (size, events) => openWorld(Math.max(size, events), events),
  },
  {
    name: "sleepers",
    title: "Enrollments that wait",
    what: "waiting enrollments",
    sizes: [1_000, 10_000, 100_000, 1_000_000],
    isLogX: true,
    prepare: async (size, events) => {
      // Others than those who send the events: what a person's own enrollments cost is another question.
      const rig = await openWorld(size + events, events);
      await seedSleepers(rig.database.pool, rig.world, await publishSleep(rig.world), size);
      return rig;
    },
  },
  {
    name: "flows",
    title: "Active flows in the workspace",
    what: "active flows",
    sizes: [1, 10, 100, 500],
    isLogX: true,
    prepare: async (size, events) => {
      const rig = await openWorld(events, events);
      // Each listens for an event of its own, as most flows of a bank do.
      for (let flow = 1; flow < size; flow += 1) await publishRun(rig.world, { event: `other.event.${flow}` });
      return rig;
    },
  },
  {
    name: "workers",
    title: "Workers on one database",
    what: "workers",
    sizes: [1, 2, 3, 4],
    isLogX: false,
    // Four times as many, so that the fourth worker has something left to do when it has started.
    prepare: async (size, events) => ({ ...(await openWorld(events * 4, events * 4)), workers: size }),
  },
];
