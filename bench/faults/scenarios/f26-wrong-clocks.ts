import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { defineFault } from "../contract.ts";
import { messagesOfEvents } from "./events-and-messages.ts";

const hour = 3_600_000;
const wrongClock = fileURLToPath(new URL("../machines/wrong-clock.ts", import.meta.url));

/** One worker an hour fast, one an hour slow, one set back by five minutes while it works: nobody can tell from outside. */
export const wrongClocks = defineFault({
  id: "F26",
  title: "workers' clocks: +1 h, -1 h, set back 5 min",
  workerImports: [wrongClock],
  allows: { moreWorkers: 1 },
  inject: async ({ stack, note }) => {
    const [fast, slow] = stack.workers;
    await Promise.all([fast?.terminate(), slow?.terminate()]);
    await fast?.start({ FAULT_CLOCK_AHEAD_MS: String(hour) });
    await slow?.start({ FAULT_CLOCK_AHEAD_MS: String(-hour) });
    await stack.addWorker({ FAULT_CLOCK_BACK_MS: String(hour / 12), FAULT_CLOCK_AFTER_MS: "4000" });
    await delay(9_000);
    note("workers", stack.workers.length);
  },
  expect: (_, facts) =>
    messagesOfEvents(facts).flatMap(({ event, message }) => {
      const { wakeAt } = event.properties;
      const early = typeof wakeAt === "string" ? Date.parse(wakeAt) - message.at : 0;
      return early > 0 ? [`${event.ref} left ${Math.round(early)} ms before its time`] : [];
    }),
});
