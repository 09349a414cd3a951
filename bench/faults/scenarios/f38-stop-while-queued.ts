import { defineFault } from "../contract.ts";

/** A pace at which the load leaves hundreds of messages queued. */
const slowPace = 4;
const queuedFirst = 100;
const share = 0.3;
const setPace = "update channel set messages_per_second = $1 where id = $2";

/**
 * While messages of nearly everybody wait in the queue, a third of the people write STOP at the same moment. The ledger counts
 * what reaches a person later than a second after their withdrawal was stored.
 */
export const stopWhileQueued = defineFault({
  id: "F38",
  title: "STOP of many while their messages are queued",
  load: { eventsPerSecond: 200, events: 600 },
  world: { capPerDay: 30 },
  prepare: async ({ stack, world }) => {
    await stack.query(setPace, [slowPace, world.channelId]);
  },
  inject: async ({ stack, world, load, random, note }) => {
    const queued = () => stack.count("select count(*) as n from outbox where status = 'queued'");
    await stack.until("messages are queued", async () => (await queued()) >= queuedFirst, 30_000);
    const leaving = world.people.filter((person) => !load.stops.has(person) && random.chance(share));
    note("queued", await queued());
    for (const person of leaving) load.stops.set(person, stack.now());
    await Promise.all(leaving.map((person) => stack.control.say(person.phone, "STOP")));
    await stack.until(
      "every STOP is stored",
      async () =>
        (await stack.count("select count(distinct contact_id) as n from consent where source = 'keyword'")) > 0 &&
        (await stack.count("select count(*) as n from raw_webhook where processed_at is null")) === 0,
      30_000,
    );
    note("people who wrote STOP", leaving.length);
    await stack.query(setPace, [1000, world.channelId]);
  },
  expect: async ({ stack }) => {
    const untold = await stack.count(
      "select count(*) as n from contact where suppressed_reason = 'opt-out' and consents::text like '%\"granted\"%'",
    );
    return untold === 0 ? [] : [`${untold} people who wrote STOP still have a consent`];
  },
});
