import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

const deploys = 4;
const mostSeconds = 20;

/** A deployment: each worker is asked to end in the middle of its batch and starts anew. Nothing becomes unknown by it. */
export const deploy = defineFault({
  id: "F4",
  title: "SIGTERM of a worker in mid batch, four times",
  inject: async ({ stack, random, note }) => {
    const took: number[] = [];
    for (let turn = 0; turn < deploys; turn += 1) {
      await delay(random.int(300, 1_200));
      const worker = stack.workers[turn % stack.workers.length];
      if (!worker) return;
      took.push(await worker.terminate(mostSeconds * 1000));
      if (!stack.logOf(worker).includes("Worker has stopped"))
        throw new Error(`${worker.plan.name} did not end in order.`);
      await worker.start();
    }
    note("longest drain", `${Math.max(...took).toFixed(1)} s`);
  },
  expect: async ({ stack }) => {
    const lost = await stack.count("select count(*) as n from worker where state = 'lost'");
    return lost === 0 ? [] : [`${lost} workers left their place without giving it back`];
  },
});
