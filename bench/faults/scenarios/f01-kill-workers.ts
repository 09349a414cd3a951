import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

const kills = 5;

/** The machine of one worker or the other loses its power, again and again, and comes back. */
export const killWorkers = defineFault({
  id: "F1",
  title: "kill -9 of a worker, five times",
  // What was claimed by a killed worker and never called stays unknown; alerts are sent once more and say so.
  allows: { unknown: true, flaggedDuplicates: true },
  inject: async ({ stack, random, note }) => {
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(random.int(300, 1_500));
      const worker = random.pick(stack.workers);
      await worker.kill();
      await delay(random.int(0, 500));
      await worker.start();
    }
    note("kills", kills);
  },
});
