import { defineFault } from "../contract.ts";
import { callsOfProvider, overtaken, untilFaultsAreUsed } from "./provider-calls.ts";

let broken: string[] = [];

/** The provider refuses one pair's rate, again and again: only these people wait, and what they get keeps its order. */
export const pairRate = defineFault({
  id: "F17",
  title: "131056 for a tenth of the people, twelve times",
  inject: async (bench) => {
    const { stack } = bench;
    broken = [];
    await stack.control.plantFault({ mode: "sync", code: 131_056, count: 12, match: { to: "3" } });
    await untilFaultsAreUsed(bench, 60_000);
    const calls = await callsOfProvider(bench);
    const [first] = calls.filter(({ code }) => code === 131_056);
    const others = calls.filter(({ at, code }) => code === null && first && at > first.at && at < first.at + 1_000);
    if (others.length === 0) broken.push("a pair's rate made everybody wait");
    const rests = await stack.count(
      "select count(*) as n from channel_pace where told_until is not null or failures > 0",
    );
    if (rests > 0) broken.push("a pair's rate made the number rest");
  },
  expect: (_, facts) => [...broken, ...overtaken(facts)],
});
