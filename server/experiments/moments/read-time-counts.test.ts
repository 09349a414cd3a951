import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type APerson, aWorld, nowMs, storePeople } from "#bench/experiments/cohort-people.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { readTimeCounts } from "./read-time-counts.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const nowHours = 20 * 24;

/** One person by hand: the minute in which they reached the goal, or the minutes that they have had without it. */
function timeOf({ at, goals }: APerson, windowHours: number): { minute: number; did: boolean } {
  const reached = goals.filter((goal): goal is number => goal !== null && goal >= 0 && goal < windowHours);
  const had = Math.floor(Math.min(nowHours - at, windowHours) * 60 + 1e-9);
  const took = reached.length === 0 ? null : Math.floor(Math.min(...reached) * 60 + 1e-9) + 1;
  return took !== null && took <= had ? { minute: took, did: true } : { minute: had, did: false };
}

test("how long each person took, or has had, is that of the people counted one by one", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(aWorld, fc.constantFrom(24, 72, 168), async (people, windowHours) => {
      const world = await storePeople(database.db, people);
      const seen = await readTimeCounts(database.db, world, {
        ...{ source: "conversion", windowHours, now: new Date(nowMs) },
      });
      const came = seen.map(({ arm, time, events, censored }) => [arm, Math.round(time * 60), events, censored]);
      const groups = Map.groupBy(people, (person) => {
        const { minute, did } = timeOf(person, windowHours);
        return JSON.stringify([person.arm, minute, did]);
      });
      const wanted = [...groups].map(([key, all]) => {
        const [arm, minute, did] = JSON.parse(key) as [string, number, boolean];
        return [arm, minute, did ? all.length : 0, did ? 0 : all.length];
      });
      expect(came.map(String).toSorted()).toEqual(wanted.map(String).toSorted());
    }),
    { numRuns: 30 },
  );
});

test("of a window of 30 days no more is told than of seven days in minutes, and it ends where it ends", async () => {
  const aLongAgo: APerson = {
    arm: "a",
    at: 0,
    messages: [],
    goals: [null],
    worth: [null, null],
    stops: [],
    events: [],
  };
  const world = await storePeople(database.db, [aLongAgo]);
  const [only] = await readTimeCounts(database.db, world, {
    ...{ source: "conversion", windowHours: 720, now: new Date(nowMs + 40 * 24 * 3_600_000) },
  });
  expect(only).toEqual({ arm: "a", time: 720, events: 0, censored: 1 });
});
