import { describe, expect, test } from "vitest";
import { armFor, bucket } from "./bucket.ts";

// GrowthBook's published cases: packages/sdk-js/test/cases.json, "hash", version 2.
test.each([
  ["seed", "a", 0.0505],
  ["seed", "b", 0.2696],
  ["foo", "ab", 0.2575],
  ["foo", "def", 0.2019],
  ["89123klj", "8952klfjas09ujkasdf", 0.124],
  ["90850943850283058242805", "123", 0.7516],
  ["()**(%$##$%#$#", '___)((*":&', 0.0128],
])("salt %j and id %j fall at %s", (salt, id, expected) => expect(bucket(salt, id)).toBe(expected));

describe("arms", () => {
  const arms = [
    { id: "a", weight: 10 },
    { id: "none", weight: 0 },
    { id: "b", weight: 90 },
  ];

  test.each([
    [0, "a"],
    [0.0999, "a"],
    [0.1, "b"],
    [0.9999, "b"],
  ])("at %s of the line lies %s", (at, expected) => expect(armFor(at, arms)?.id).toBe(expected));

  test("weights that do not add up leave nobody out", () => {
    expect(
      armFor(0.9, [
        { id: "a", weight: 10 },
        { id: "b", weight: 20 },
        { id: "c", weight: 0 },
      ])?.id,
    ).toBe("b");
    expect(
      armFor(0.9, [
        { id: "a", weight: 0 },
        { id: "b", weight: 0 },
      ])?.id,
    ).toBe("a");
    expect(armFor(0.9, [])).toBeUndefined();
  });

  test("people spread evenly, and two experiments do not know of each other", () => {
    const counts = [0, 0, 0, 0];
    for (let person = 0; person < 40_000; person += 1) {
      const [one, other] = ["loan", "kyc"].map((salt) => (bucket(salt, `c${person}`) < 0.5 ? 0 : 1));
      counts[(one ?? 0) * 2 + (other ?? 0)] = (counts[(one ?? 0) * 2 + (other ?? 0)] ?? 0) + 1;
    }
    // Chi-square with three degrees of freedom: 16.27 is the limit for p = 0.001.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(16.27);
  });

  test("who is in a tenth stays in when it grows to a half", () => {
    const isIn = (percent: number, id: string) =>
      armFor(bucket("ramp", id), [
        { id: "in", weight: percent },
        { id: "out", weight: 100 - percent },
      ])?.id === "in";
    const people = Array.from({ length: 5_000 }, (_, index) => `c${index}`);
    expect(people.filter((id) => isIn(10, id) && !isIn(50, id))).toEqual([]);
  });
});
