import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

/** Three workers and all flows want the one message that each person may get a day. */
export const capRace = defineFault({
  id: "F39",
  title: "three workers race for a cap of one",
  workers: 3,
  world: { capPerDay: 1 },
  load: { eventsPerSecond: 300, lastsSeconds: 6 },
  inject: async () => {
    await delay(6_000);
  },
  expect: async ({ stack }) => {
    const capped = await stack.count("select count(*) as n from message where reason = 'frequency-cap'");
    return capped > 0 ? [] : ["nobody was capped: this run shows nothing"];
  },
});
