import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

const crashes = 3;

/** Postgres dies under load and comes back: every 200 of the door is durable, and no process of ours dies with it. */
export const crashPostgres = defineFault({
  id: "F5",
  title: "pg_ctl stop -m immediate, three times",
  allows: { unknown: true, flaggedDuplicates: true },
  inject: async ({ stack, random, note }) => {
    for (let crash = 0; crash < crashes; crash += 1) {
      await delay(random.int(300, 1_200));
      await stack.postgres.stop("immediate");
      await delay(random.int(0, 1_500));
      await stack.postgres.start();
      const backAt = performance.now();
      await stack.until("the door is open again", () => stack.isDoorOpen(), 15_000);
      note(`door back ${crash + 1}`, `${Math.round(performance.now() - backAt)} ms`);
    }
  },
});
