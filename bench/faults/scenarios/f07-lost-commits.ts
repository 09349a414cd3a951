import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

const losses = 10;

/**
 * The connection ends between the door's commit and Postgres' answer: nobody can know whether the events are stored. The door says 503,
 * the source sends them again under the same message ids, and each is there once.
 */
export const lostCommits = defineFault({
  id: "F7",
  title: "the answer to a commit of the door is lost",
  load: { lastsSeconds: 8 },
  inject: async ({ stack, note }) => {
    const proxy = stack.proxies.doorDatabase;
    for (let loss = 1; loss <= losses; loss += 1) {
      proxy.cutAnswers(/door-store-(known|arrivals)/, 1);
      await stack.until(`answer ${loss} is lost`, async () => proxy.cuts >= loss, 20_000);
      await delay(200);
    }
    await stack.until("the door is open", () => stack.isDoorOpen(), 15_000);
    note("answers lost", proxy.cuts);
  },
  expect: ({ note }, { events, storedEvents }) => {
    const again = events.filter(({ tries }) => tries > 1);
    note("events sent again", again.length);
    const doubled = again.filter(({ ref }) => storedEvents.get(ref) !== 1).length;
    if (again.length === 0) return ["no event had to be sent again: the fault did not reach the door"];
    return doubled === 0 ? [] : [`${doubled} events that were sent again are not there exactly once`];
  },
});
