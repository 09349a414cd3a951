import fc from "fast-check";
import { aWorld } from "./cohort-people.ts";
import { sumsApart } from "./cohort-worlds.ts";
import { anyOrder, inOrder, readAfter } from "./shuffled-calls.ts";
import { figure, type RowSimulation } from "./simulation.ts";

/** What is claimed of rows in Postgres and not of sums: these need a database. The test suite plays them beside the code that they try. */
export const byRows: RowSimulation[] = [
  {
    id: "S15",
    title: "A provider's statuses shuffled, doubled and late: what an experiment reads, byte by byte",
    runs: 200,
    quick: 20,
    play: async (database, { runs, seed }) => {
      const expected = await readAfter(database, inOrder);
      let apart = 0;
      for (const order of fc.sample(anyOrder, { seed, numRuns: runs }))
        if ((await readAfter(database, order)) !== expected) apart += 1;
      return [figure("orders that read otherwise", apart, 0, 0)];
    },
  },
  {
    id: "S17",
    title:
      "Ten metrics of random people, before and after their assignment: the sums that Postgres makes against each person counted",
    runs: 50,
    quick: 10,
    play: async (database, { runs, seed }) => {
      let [compared, apart] = [0, 0];
      for (const people of fc.sample(aWorld, { seed, numRuns: runs })) {
        const seen = await sumsApart(database.db, people);
        compared += seen.compared;
        apart += seen.apart.length;
      }
      return [figure(`sums that differ, of ${compared.toLocaleString("en")}`, compared > 0 ? apart : 1, 0, 0)];
    },
  },
];
