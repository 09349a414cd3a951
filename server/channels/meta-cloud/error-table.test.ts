import { describe, expect, test } from "vitest";
import { z } from "zod";
import { settlementOf } from "#server/engine/dispatch/settlement.ts";
import { hasSamples, readSample } from "../../test-samples.ts";
import type { RefusalClass } from "../channel.ts";
import { classOf, mostAttemptsOf } from "./errors.ts";

/** The whole table of Meta's error codes (contract, section 14) by the class that the engine acts on. */
const expected: Record<RefusalClass, readonly number[]> = {
  transient: [1, 2, 131000, 131016, 131057, 133000, 133004, 133015, 134101],
  throttle: [4, 80007, 80008, 130429, 131048, 133016],
  pair: [131056],
  cap: [130472, 131049],
  consent: [131050],
  window: [131047],
  recipient: [130403, 130497, 131026, 131030, 137000],
  template: [131063, 132000, 132001, 132005, 132007, 132008, 132012, 132018, 132068, 132069, 134100, 134102],
  stopped: [132015, 132016],
  account: [
    0, 3, 10, 33, 190, 200, 299, 368, 131005, 131031, 131037, 131042, 131045, 131055, 131064, 133006, 133010, 134011,
  ],
  bug: [
    100, 131008, 131009, 131021, 131051, 131052, 131053, 131062, 133005, 133008, 133009, 135000, 139000, 139001, 139002,
    139003, 139004, 139005, 139006, 147001, 147002, 147003, 147004, 147005, 200005, 200006, 200007, 2388024, 2494100,
    2593107, 2593108,
  ],
};
const rows = Object.entries(expected).flatMap(([name, codes]) => codes.map((code) => [code, name] as const));
const at = { attempts: 1, now: 0 };
const settled = (code: number) => {
  const refused = { outcome: "refused", code, detail: "", retryAfterMs: null } as const;
  return settlementOf({ ...refused, class: classOf(code), mostAttempts: mostAttemptsOf(code) }, at);
};

test.each(rows)("code %i is of the class %s", (code, name) => {
  expect(classOf(code)).toBe(name);
});

describe.runIf(hasSamples)("the table of codes kept beside the checkout", () => {
  const Row = z.object({ code: z.string() });
  const codes = hasSamples
    ? z
        .array(Row)
        .parse(readSample("errors.json"))
        .flatMap(({ code }) => numbersIn(code))
    : [];

  test("has no code that this table leaves out", () => {
    const known = new Set(rows.map(([code]) => code));
    expect(codes.length).toBeGreaterThan(60);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });
});

/** "133000,133004–133006": both ends of a range stand for it, and all of a short one. */
function numbersIn(text: string): number[] {
  return text
    .replace(/(\d+)xxx/g, "$1024")
    .replace("2593107/8", "2593107/2593108")
    .split(/[,/]/)
    .flatMap((part) => {
      const [from = 0, to] = part.split("–").map((piece) => Number(piece.trim()));
      const end =
        to !== undefined && to < from ? Number(`${String(from).slice(0, -String(to).length)}${to}`) : (to ?? from);
      if (end - from > 20) return [from, end];
      return Array.from({ length: end - from + 1 }, (_, index) => from + index);
    });
}

test.each(expected.account)("code %i pauses the number until somebody has looked at it", (code) => {
  expect(settled(code)).toMatchObject({ kind: "retry", pausesChannel: true });
});

test.each([
  [131049, "provider-capped"],
  [130472, "provider-capped"],
  [131050, "consent-withdrawn"],
  [131026, "undeliverable"],
  [130403, "undeliverable"],
  [137000, "undeliverable"],
  [131047, "window-closed"],
  [132012, "provider-refused"],
  [100, "provider-refused"],
])("code %i is not tried again: %s", (code, reason) => {
  expect(settled(code)).toMatchObject({ kind: "failed", reason, code });
});

test.each([2, 131016, 130429, 131048, 131056, 131057, 132015, 132016])(
  "code %i is tried again without pausing the number",
  (code) => {
    expect(settled(code)).toMatchObject({ kind: "retry", pausesChannel: false });
  },
);

test("code 1 is tried once more, code 131000 three times", () => {
  expect([mostAttemptsOf(1), mostAttemptsOf(131000)]).toEqual([2, 4]);
});
