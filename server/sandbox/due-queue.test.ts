import fc from "fast-check";
import { expect, test } from "vitest";
import { DueQueue } from "./due-queue.ts";

test("items come out by due time, then in the order they went in, and never early", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 0, max: 20 }), (times, now) => {
      const queue = new DueQueue<{ time: number; index: number }>();
      for (const [index, time] of times.entries()) queue.add(time, { time, index });
      const taken: { time: number; index: number }[] = [];
      for (let item = queue.take(now); item; item = queue.take(now)) taken.push(item);
      const expected = times.map((time, index) => ({ time, index })).filter(({ time }) => time <= now);
      expect(taken).toEqual(expected.sort((a, b) => a.time - b.time || a.index - b.index));
      expect(queue.size).toBe(times.length - taken.length);
    }),
  );
});
