import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";
import { callsOfProvider } from "./provider-calls.ts";

const openWithinMs = 10_000;
const stormMs = 16_000;

let broken: string[] = [];

/** The provider is down and says so to everybody: the number rests, one message at a time feels the way, and all leave in the end. */
export const storm = defineFault({
  id: "F15",
  title: "a storm of failures for half a minute",
  load: { lastsSeconds: 20 },
  inject: async (bench) => {
    const { stack, note } = bench;
    broken = [];
    await stack.control.plantFault({ mode: "sync", code: 131_016, count: null });
    const begun = performance.now();
    const isOpen = async () => (await stack.count("select count(*) as n from channel_pace where failures >= 5")) > 0;
    await stack.until("the breaker is open", isOpen, openWithinMs);
    note("breaker open after", `${Math.round(performance.now() - begun)} ms`);
    // What was under way has its answer.
    await delay(1_000);
    const from = (await callsOfProvider(bench)).length;
    await delay(stormMs);
    const tries = (await callsOfProvider(bench)).length - from;
    note("tries while open", tries);
    if (tries > Math.ceil(stormMs / 5_000)) broken.push(`${tries} tries within ${stormMs / 1000} s of an open breaker`);
    await stack.control.clearFaults();
    const isClosed = async () => (await stack.count("select count(*) as n from channel_pace where failures = 0")) > 0;
    await stack.until("the breaker is closed", isClosed, 15_000);
  },
  expect: () => broken,
});
