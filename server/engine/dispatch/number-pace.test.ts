import { expect, test } from "vitest";
import { NumberPace } from "./number-pace.ts";

/** Sends whatever is allowed each 10 ms; answers the times of all sends. */
function run(pace: NumberPace, milliseconds: number): number[] {
  const sends: number[] = [];
  for (let now = 0; now < milliseconds; now += 10) {
    const allowed = pace.allowance(now);
    pace.take(allowed);
    for (let index = 0; index < allowed; index += 1) sends.push(now);
  }
  return sends;
}

const busiestSecond = (sends: number[]): number =>
  Math.max(...sends.map((from) => sends.filter((at) => at >= from && at < from + 1000).length));

test.each([1, 5, 20, 80, 1000])(
  "a number of %i a second never sends more within any second, and hardly less",
  (perSecond) => {
    const sends = run(new NumberPace(perSecond, 0), 10_000);
    expect(busiestSecond(sends)).toBeLessThanOrEqual(Math.max(perSecond, 2));
    expect(sends.length).toBeGreaterThanOrEqual(perSecond * 10 * 0.85);
  },
);

test("a pause that the provider asked for is kept to the millisecond", () => {
  const pace = new NumberPace(80, 0);
  pace.pause(2000, 0);
  expect(pace.allowance(1999)).toBe(0);
  expect(pace.allowance(2000)).toBeGreaterThan(0);
});

test("after five failures in a row the number rests, then one message feels the way", () => {
  const pace = new NumberPace(80, 0);
  for (let failure = 0; failure < 5; failure += 1) pace.failed(0);
  expect(pace.allowance(4999)).toBe(0);
  expect(pace.allowance(5000)).toBe(1);
  pace.succeeded();
  expect(pace.allowance(5001)).toBeGreaterThan(1);
});
