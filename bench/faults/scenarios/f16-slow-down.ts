import { defineFault } from "../contract.ts";
import { callsOfProvider, overtaken, untilFaultsAreUsed } from "./provider-calls.ts";

const restMs = 4_000;
/** Calls that were on their way when the provider spoke. */
const inFlightMs = 500;

let broken: string[] = [];

/** The provider says "slower", with and without a time: nobody sends before it, and everything leaves afterwards. */
export const slowDown = defineFault({
  id: "F16",
  title: "130429 with Retry-After, then without",
  isTimed: true,
  inject: async (bench) => {
    const { stack, note } = bench;
    broken = [];
    await stack.control.plantFault({ mode: "sync", code: 130_429, retry_after_s: restMs / 1000, count: 1 });
    await untilFaultsAreUsed(bench);
    const isOver = async () => {
      const calls = await callsOfProvider(bench);
      const told = calls.find(({ code }) => code === 130_429)?.at ?? Number.POSITIVE_INFINITY;
      return calls.some(({ at }) => at >= told + restMs);
    };
    await stack.until("sending goes on after the rest", isOver, restMs + 15_000);
    const calls = await callsOfProvider(bench);
    const told = calls.find(({ code }) => code === 130_429)?.at ?? 0;
    const early = calls.filter(({ at }) => at > told + inFlightMs && at < told + restMs);
    note("calls within the rest", early.length);
    if (early.length > 0) broken.push(`${early.length} calls before the time that the provider named`);
    await stack.control.plantFault({ mode: "sync", code: 130_429, count: 6 });
    await untilFaultsAreUsed(bench, 60_000);
    const slowest = await stack.count("select min(slow_to)::double precision as n from channel_pace");
    note("rate left", slowest.toFixed(2));
  },
  expect: (_, facts) => [...broken, ...overtaken(facts)],
});
