import { defineFault } from "../contract.ts";
import { overtaken, untilFaultsAreUsed } from "./provider-calls.ts";

const taken = [
  "accept-then-drop",
  "accept-then-half-body",
  "accept-then-half-json",
  "accept-then-html",
  "accept-without-id",
  "accept-then-gzip-bomb",
  "accept-then-500",
];
const notTaken = ["drop", "http-500"];
const each = 2;

/** The provider takes messages and answers with anything but its answer. All of them are cleared up by their statuses. */
export const brokenAnswers = defineFault({
  id: "F14",
  title: "accepted, then reset, half an answer, HTML, no id, a gzip bomb, a 500",
  inject: async (bench) => {
    // For some people each: five in a row would open the breaker, which is another fault's matter.
    for (const [digit, mode] of taken.entries())
      await bench.stack.control.plantFault({ mode, count: each, match: { to: String(digit) } });
    await untilFaultsAreUsed(bench, 90_000);
    bench.note("answers spoilt", taken.length * each);
  },
  expect: (_, facts) => overtaken(facts),
});

/** The same answers for messages that the provider never took: nobody can know that, so they stay unknown, alerts leave once more. */
export const lostCalls = defineFault({
  id: "F14b",
  title: "not accepted, and reset or answered by a gateway's 500",
  allows: { unknown: notTaken.length * each },
  inject: async (bench) => {
    for (const [digit, mode] of notTaken.entries())
      await bench.stack.control.plantFault({ mode, count: each, match: { to: String(digit) } });
    await untilFaultsAreUsed(bench, 90_000);
  },
});
