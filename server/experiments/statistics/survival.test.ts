import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criticalZ } from "./distributions.ts";
import { kaplanMeier, type TimeCount, timeReached } from "./survival.ts";

const alpha = 0.05;
/** "9 13 13+": it happened at 9 and at 13, and somebody was not seen any longer after 13. */
const timesOf = (words: string): TimeCount[] =>
  words.split(" ").map((word) => ({
    time: Number.parseFloat(word),
    events: word.endsWith("+") ? 0 : 1,
    censored: word.endsWith("+") ? 1 : 0,
  }));

/** Miller 1981, as R's `survival::aml`: weeks of remission with and without further chemotherapy. */
const maintained = timesOf("9 13 13+ 18 23 28+ 31 34 45+ 48 161+");
const notMaintained = timesOf("5 5 8 8 12 16+ 23 27 30 33 43 45");
/** Freireich et al. 1963: weeks of remission with 6-MP and with a placebo. */
const sixMp = timesOf("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+");
const placebo = timesOf("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23");

describe("as published", () => {
  test.each<
    [string, TimeCount[], [time: number, atRisk: number, survival: number, se: number, low: number, high: number][]]
  >([
    [
      "R, summary(survfit(Surv(time, status) ~ x, aml)), Maintained",
      maintained,
      [
        [9, 11, 0.909, 0.0867, 0.7541, 1],
        [13, 10, 0.818, 0.1163, 0.6192, 1],
        [18, 8, 0.716, 0.1397, 0.4884, 1],
        [23, 7, 0.614, 0.1526, 0.3769, 0.999],
        [31, 5, 0.491, 0.1642, 0.2549, 0.946],
        [34, 4, 0.368, 0.1627, 0.1549, 0.875],
        [48, 2, 0.184, 0.1535, 0.0359, 0.944],
      ],
    ],
    [
      "the same, Nonmaintained",
      notMaintained,
      [
        [5, 12, 0.8333, 0.1076, 0.647, 1],
        [8, 10, 0.6667, 0.1361, 0.4468, 0.995],
        [12, 8, 0.5833, 0.1423, 0.3616, 0.941],
        [23, 6, 0.4861, 0.1481, 0.2675, 0.883],
        [27, 5, 0.3889, 0.147, 0.1854, 0.816],
        [30, 4, 0.2917, 0.1387, 0.1148, 0.741],
        [33, 3, 0.1944, 0.1219, 0.0569, 0.664],
        [43, 2, 0.0972, 0.0919, 0.0153, 0.62],
      ],
    ],
  ])("%s", (_, times, rows) => {
    const { points } = kaplanMeier({ times, alpha, scale: "log" });
    for (const [time, atRisk, survival, se, low, high] of rows) {
      const point = points.find((one) => one.time === time);
      expect(point?.atRisk).toBe(atRisk);
      expect(point?.survival).toBeCloseTo(survival, 3);
      expect(point?.se).toBeCloseTo(se, 4);
      expect(point?.ci[0]).toBeCloseTo(low, 3);
      expect(point?.ci[1]).toBeCloseTo(high, 3);
    }
  });

  test.each<[string, TimeCount[], number, number | null, number | null]>([
    ["aml, Maintained", maintained, 31, 18, null],
    ["aml, Nonmaintained", notMaintained, 23, 8, null],
    ["Freireich, 6-MP", sixMp, 23, 16, null],
    ["Freireich, placebo", placebo, 8, 4, 12],
  ])("the median of %s with its limits", (_, times, median, low, high) => {
    expect(kaplanMeier({ times, alpha, scale: "log" }).median).toEqual({ time: median, ci: [low, high] });
  });

  test("Freireich's 6-MP by Klein and Moeschberger 2003, table 4.1B: the curve and its errors", () => {
    const { points, people, events } = kaplanMeier({ times: sixMp, alpha });
    expect([people, events]).toEqual([21, 9]);
    expect(points.map(({ survival }) => Number(survival.toFixed(3)))).toEqual([
      0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448,
    ]);
    expect(points.map(({ se }) => Number(se.toFixed(3)))).toEqual([0.076, 0.087, 0.096, 0.107, 0.114, 0.128, 0.135]);
  });
});

const someTimes = fc.array(
  fc.record({ time: fc.integer({ min: 1, max: 40 }), events: fc.nat(4), censored: fc.nat(4) }),
  { minLength: 1, maxLength: 30 },
);

describe("whatever the times are", () => {
  test("the interval is symmetric around the curve on the log(-log) scale, and lies within 0 and 1", () => {
    fc.assert(
      fc.property(someTimes, (times) => {
        for (const { survival, se, ci } of kaplanMeier({ times, alpha }).points) {
          const [low, high] = ci;
          if (survival <= 0) {
            expect(ci).toEqual([null, null]);
            continue;
          }
          const half = (criticalZ(alpha) * se) / (survival * Math.abs(Math.log(survival)));
          const turned = (share: number | null) => Math.log(-Math.log(share ?? Number.NaN));
          // Near 0 a share is too small for the logarithm to come back exactly.
          if ((low ?? 0) < 1e-100) continue;
          expect(turned(low) - turned(survival)).toBeCloseTo(half, 6);
          expect(turned(survival) - turned(high)).toBeCloseTo(half, 6);
          expect(low).toBeGreaterThan(0);
          expect(high).toBeLessThan(1);
        }
      }),
    );
  });

  test("without anybody censored it is the plain share with the binomial error", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 60 }), (moments) => {
        const { points } = kaplanMeier({ times: moments.map((time) => ({ time, events: 1, censored: 0 })), alpha });
        for (const { time, survival, se } of points) {
          const share = moments.filter((moment) => moment > time).length / moments.length;
          expect(survival).toBeCloseTo(share, 10);
          expect(se).toBeCloseTo(Math.sqrt((share * (1 - share)) / moments.length), 10);
        }
      }),
    );
  });

  test("the order of the counts does not matter, nor whether they come one by one or together", () => {
    const together = kaplanMeier({ times: [{ time: 6, events: 3, censored: 1 }, ...sixMp.slice(4)], alpha });
    expect(together).toEqual(kaplanMeier({ times: sixMp.toReversed(), alpha }));
  });
});

test("nobody, and people to whom it never happened", () => {
  expect(kaplanMeier({ times: [], alpha })).toEqual({
    ...{ people: 0, events: 0, points: [], median: { time: null, ci: [null, null] } },
  });
  const never = kaplanMeier({ times: timesOf("4+ 9+"), alpha });
  expect(never).toMatchObject({ people: 2, events: 0, points: [] });
  expect(timeReached(never.points, 0.1).time).toBeNull();
});
