import fc from "fast-check";
import { expect, test } from "vitest";
import { nextTurnAt, type TurnLog, takeTurns, turnsLeft } from "./turns.ts";

const start = Date.UTC(2026, 10, 22, 10);

test("in no stretch of a period do more go on than may, and nobody waits much longer than they must", () => {
  const comings = fc.array(fc.record({ afterMs: fc.nat(90_000), people: fc.nat(8) }), { maxLength: 60 });
  fc.assert(
    fc.property(comings, fc.integer({ min: 1, max: 9 }), (steps, people) => {
      const pace = { people, periodMs: 60_000 };
      const passed: number[] = [];
      let log: TurnLog = [];
      let now = start;
      for (const { afterMs, people: wanted } of steps) {
        now += afterMs;
        const count = Math.min(wanted, turnsLeft(log, pace, now));
        if (count > 0) log = takeTurns(log, pace, { now, people: count });
        for (let each = 0; each < count; each += 1) passed.push(now);
        const recent = passed.filter((at) => at > now - 60_000).length;
        expect(recent).toBeLessThanOrEqual(people);
        // A slice later, whoever could go on by the second may.
        const longAgo = passed.filter((at) => at > now - 61_000).length;
        expect(turnsLeft(log, pace, now)).toBeGreaterThanOrEqual(people - longAgo);
        expect(log.length).toBeLessThanOrEqual(62);
      }
    }),
  );
});

test("tells when the next turn comes free", () => {
  const pace = { people: 2, periodMs: 3_600_000 };
  const log = takeTurns([], pace, { now: start, people: 2 });
  const next = nextTurnAt(log, pace, start + 5);
  expect(turnsLeft(log, pace, next - 1)).toBe(0);
  expect(turnsLeft(log, pace, next)).toBe(2);
  expect(next - start).toBe(3_600_000 + 60_000);
  expect(nextTurnAt(log, pace, next)).toBe(next);
});

test("a smaller number holds for those who went on before, too", () => {
  const log = takeTurns([], { people: 50, periodMs: 60_000 }, { now: start, people: 40 });
  expect(turnsLeft(log, { people: 30, periodMs: 60_000 }, start + 1)).toBe(0);
});
