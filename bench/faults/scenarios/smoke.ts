import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

/**
 * The short run of `npm test`: four faults one after the other in one bank. A worker is killed (F1), the provider takes messages and never
 * answers (F13), Postgres crashes (F5), and every status comes twice and newest first (F20).
 */
export const smoke = defineFault({
  id: "S",
  title: "worker, provider, Postgres and webhooks fail in turn",
  allows: { unknown: true, flaggedDuplicates: true },
  load: { lastsSeconds: 6 },
  inject: async ({ stack, load, random }) => {
    await stack.control.call("POST", "chaos", { duplicates: true, reorders: true });
    const [victim] = stack.workers;
    await load.untilAccepted(load.accepted + 20);
    await victim?.kill();
    await delay(random.int(0, 200));
    await victim?.start();
    await stack.control.plantFault({ mode: "accept-then-drop", count: 10 });
    await load.untilAccepted(load.accepted + 20);
    await stack.postgres.stop("immediate");
    await delay(random.int(0, 500));
    await stack.postgres.start();
    await stack.until("the door is open again", () => stack.isDoorOpen(), 15_000);
    // What the dead worker held is free when its lease of 30 s is over; here at once, so that the tests need not wait.
    await stack.query(
      "update outbox set lease_until = now() where status = 'sending' and lease_until < now() + interval '27 seconds'",
    );
  },
});
