import { defineFault } from "../contract.ts";
import { overtaken, untilFaultsAreUsed } from "./provider-calls.ts";

const lost = 4;

/** The provider takes messages and never answers: nobody knows, until its statuses tell. */
export const noAnswer = defineFault({
  id: "F13",
  title: "the provider accepts and never answers, four times",
  inject: async (bench) => {
    await bench.stack.control.plantFault({ mode: "accept-then-timeout", count: lost });
    await untilFaultsAreUsed(bench, 90_000);
    bench.note("answers lost", lost);
  },
  expect: (_, facts) => overtaken(facts),
});
