import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";
import { countWaiting } from "../run/come-to-rest.ts";
import { messagesThatRest } from "./events-and-messages.ts";
import { afterClockMoves, leapTo, makeQuiet, moveClockTo, untilCalm } from "./quiet-world.ts";

/**
 * Nights in Paris whose quiet hours end at half past two: in spring that time is jumped over (03:30, 01:30Z), in autumn it comes
 * twice (the first is 00:30Z). `closed` is when nothing that rests may leave.
 */
const nights = [
  { evening: "2027-03-27T23:30:00Z", opening: "2027-03-28T01:30:00Z" },
  { evening: "2027-10-30T22:30:00Z", opening: "2027-10-31T00:30:00Z" },
];
const minute = 60_000;

/** The clocks change under quiet hours: neither is the night skipped nor does it come twice. */
export const clockChanges = defineFault({
  id: "F27",
  title: "quiet hours through a skipped and a doubled 02:30",
  allows: afterClockMoves,
  prepare: (bench) => makeQuiet(bench, { from: "21:00", to: "02:30", zone: "Europe/Paris" }, () => "Europe/Paris"),
  inject: async (bench) => {
    for (const { evening, opening } of nights) {
      await leapTo(bench, evening);
      await bench.stack.until(
        "messages wait for the opening",
        async () => (await countWaiting(bench.stack)) > 10,
        30_000,
      );
      await untilCalm(bench);
      const at = Date.parse(opening);
      await moveClockTo(bench, new Date(at - 5_000).toISOString());
      await delay(2_000);
      // In the middle of the spread, and past it.
      for (const minutes of [15, 40]) {
        await moveClockTo(bench, new Date(at + minutes * minute).toISOString());
        await delay(1_000);
      }
      await bench.stack.until("all of them have left", async () => (await countWaiting(bench.stack)) === 0, 30_000);
    }
  },
  expect: ({ note }, facts) => {
    const resting = messagesThatRest(facts);
    return nights.flatMap(({ evening, opening }) => {
      const [from, to] = [Date.parse(evening), Date.parse(opening)];
      const within = (begin: number, end: number) =>
        resting.filter(({ message }) => message.at >= begin && message.at < end).length;
      const late = within(to, to + 45 * minute);
      note(`left after ${opening}`, late);
      // What was under way when the clock was moved arrives in the first second of the evening.
      const early = within(from + minute, to);
      return [
        ...(early > 0 ? [`${early} messages left before ${opening}`] : []),
        ...(late === 0 ? [`none left after ${opening}`] : []),
      ];
    });
  },
});
