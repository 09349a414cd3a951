import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, localClock, nextLocalTime } from "../local-time.ts";
import { decideSend } from "./decide-send.ts";
import { capDay } from "./frequency-cap.ts";
import { type Hours, nextClosing, nextOpening } from "./quiet-hours.ts";
import type { SendFacts } from "./send-facts.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Offsets of half and three quarters of an hour, both ends of the day's line, none and all kinds of changes of the clocks. */
const zones = [
  ...[
    "UTC",
    "Africa/Dakar",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Johannesburg",
    "Africa/Casablanca",
    "Africa/Cairo",
  ],
  ...["Europe/Paris", "Europe/London", "Europe/Dublin", "Europe/Istanbul", "Asia/Beirut", "Asia/Tehran", "Asia/Dubai"],
  ...["Asia/Kolkata", "Asia/Kathmandu", "Asia/Yangon", "Asia/Tokyo", "Australia/Eucla", "Australia/Lord_Howe"],
  ...["Australia/Adelaide", "Pacific/Chatham", "Pacific/Apia", "Pacific/Tongatapu", "Pacific/Kiritimati"],
  ...["Pacific/Pago_Pago", "Pacific/Marquesas", "America/St_Johns", "America/New_York", "America/Santiago"],
  ...["America/Havana", "America/Sao_Paulo", "America/Bogota"],
];

const zone = fc.constantFrom(...zones);
/** From 2026 to 2029, so that 29 February and four turns of the year are in it, and often at a change of the clocks. */
const turns = ["2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-04-04T15:00Z", "2026-10-03T15:30Z"];
const now = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 11, 31) }),
  fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -26 * 60, max: 26 * 60 }))
    .map(([turn, minutes]) => Date.parse(turn) + minutes * minute),
);
const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minutes) => new Date(minutes * minute).toISOString().slice(11, 16));
const hours: fc.Arbitrary<Hours> = fc.record({ from: time, to: time });
const runs = { numRuns: 1_500 };

/** How much of a day without a change of the clocks is not quiet. */
function openMs({ from, to }: Hours): number {
  const [begin = 0, end = 0] = [from, to].map((text) => Date.parse(`1970-01-01T${text}Z`));
  return begin === end ? 24 * hour : (begin - end + 24 * hour) % (24 * hour);
}

test("there are more than thirty zones, and this machine knows all of them", () => {
  expect(zones.length).toBeGreaterThan(30);
  for (const name of zones) expect(() => new Intl.DateTimeFormat("en", { timeZone: name })).not.toThrow();
});

describe("whatever the hours, the zone and the moment", () => {
  test("a quiet message waits for a moment that is open: a day and a change of the clocks at most, one more where that jumps over all of the opening", () => {
    fc.assert(
      fc.property(hours, zone, now, (quiet, where, at) => {
        const opening = nextOpening({ quiet, sending: null }, where, at) ?? Number.NaN;
        expect(opening - at).toBeGreaterThanOrEqual(0);
        expect(opening - at).toBeLessThanOrEqual(openMs(quiet) > hour ? 25 * hour : 49 * hour);
        expect(nextOpening({ quiet, sending: null }, where, opening)).toBe(opening);
      }),
      runs,
    );
  });

  test("so does one with sending hours, also when the clock jumps over all of them", () => {
    fc.assert(
      fc.property(hours, zone, now, (sending, where, at) => {
        const opening = nextOpening({ quiet: null, sending }, where, at) ?? Number.NaN;
        expect(opening - at).toBeGreaterThanOrEqual(0);
        expect(opening - at).toBeLessThanOrEqual(25 * hour);
        expect(nextOpening({ quiet: null, sending }, where, opening)).toBe(opening);
      }),
      runs,
    );
  });

  test("what is open stays so until it closes, and is closed then", () => {
    fc.assert(
      fc.property(
        hours,
        zone,
        now,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (quiet, where, at, share) => {
          fc.pre(quiet.from !== quiet.to);
          const closed = { quiet, sending: null };
          const opening = nextOpening(closed, where, at) ?? Number.NaN;
          const closing = nextClosing(closed, where, opening) ?? Number.NaN;
          expect(closing).toBeGreaterThan(opening);
          const between = Math.floor(opening + share * (closing - opening - 1));
          expect(nextOpening(closed, where, between)).toBe(between);
          expect(nextOpening(closed, where, closing)).not.toBe(closing);
        },
      ),
      runs,
    );
  });

  test("a deferred message leaves in an open moment, before it expires, at most half an hour after the opening", () => {
    fc.assert(
      fc.property(
        fc.record({
          quiet: hours,
          sending: fc.option(hours),
          where: zone,
          at: now,
          key: fc.uuid(),
          lifeMinutes: fc.option(fc.integer({ min: 0, max: 43_200 })),
        }),
        ({ quiet, sending, where, at, key, lifeMinutes }) => {
          const expiresAt = lifeMinutes === null ? null : at + lifeMinutes * minute;
          const facts = {
            ...aMessage,
            now: at,
            zone: where,
            quietHours: quiet,
            sendingHours: sending,
            spreadKey: key,
            expiresAt,
          };
          const decision = decideSend(facts);
          if (decision.verdict !== "defer") return;
          const opening = nextOpening({ quiet, sending }, where, at) ?? Number.NaN;
          expect(decision.until).toBeGreaterThan(at);
          expect(decision.until - opening).toBeLessThanOrEqual(30 * minute);
          if (expiresAt !== null) expect(decision.until).toBeLessThan(expiresAt);
          expect(decideSend({ ...facts, now: decision.until }).verdict).toBe("send");
        },
      ),
      runs,
    );
  });

  test("a daily time comes once on each day of the calendar", () => {
    fc.assert(
      fc.property(time, zone, now, (daily, where, at) => {
        const first = nextLocalTime(daily, where, at);
        let [last, day] = [first, localClock(first, where).day];
        for (let count = 1; count < 10; count += 1) {
          const next = nextLocalTime(daily, where, last);
          const after = localClock(next, where).day;
          expect(after).toBe(addDays(day, 1));
          expect(next - last).toBeGreaterThan(22 * hour);
          [last, day] = [next, after];
        }
      }),
      { numRuns: 400 },
    );
  });
});

test.each(zones)("%s: a night's quiet hours open once a day, at eight by the clock, for two whole years", (where) => {
  const closed = { quiet: { from: "21:00", to: "08:00" }, sending: null };
  let at = Date.parse("2027-12-30T12:00:00Z");
  const days: string[] = [];
  while (at < Date.parse("2029-01-02T00:00:00Z")) {
    at = nextOpening(closed, where, nextClosing(closed, where, at) ?? Number.NaN) ?? Number.NaN;
    const clock = localClock(at, where);
    expect(clock.time).toBe("08:00");
    days.push(clock.day);
  }
  expect(days).toContain("2028-02-29");
  for (const [index, day] of days.slice(1).entries()) expect(day).toBe(addDays(days[index] ?? "", 1));
});

test.each(zones)(
  "%s: the cap's day changes at midnight by the person's clock, over the end of each month of 2028",
  (where) => {
    for (let month = 0; month < 12; month += 1) {
      const midnight = nextLocalTime("00:00", where, Date.UTC(2028, month + 1, 0, 13));
      expect(capDay(midnight, where)).toBe(addDays(capDay(midnight - 1, where), 1));
    }
  },
);

const aMessage: SendFacts = {
  now: 0,
  purpose: "service",
  category: "utility",
  zone: "UTC",
  consents: { service: { state: "granted", at: "2026-03-03T10:00:00Z" } },
  suppressedReason: null,
  cap: { used: 0, perDay: 3, rolling: null, freeOn: null },
  quietHours: null,
  sendingHours: null,
  expiresAt: null,
  spreadKey: "",
  kind: "template",
  lastInboundAt: null,
  templateStatus: "approved",
  channelStatus: "connected",
  hasAddress: true,
  missingVariables: [],
  text: "",
};
