import { describe, expect, test } from "vitest";
import { type SendPolicy, usualAnswers } from "./policy.ts";
import { comparePolicies, type PastSend, type PastWorld, replayPolicy } from "./replay-policy.ts";

const hour = 3_600_000;
const monday = Date.UTC(2026, 10, 23, 9);
const policy: SendPolicy = {
  capPerDay: 3,
  rollingCap: null,
  quietHours: { from: "21:00", to: "08:00" },
  collections: { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5, 6, 7] },
  budget: null,
  consentMonths: null,
  consentSince: null,
  consentRetired: [],
  consentExempt: [],
  stopWords: null,
  startWords: null,
  on: usualAnswers,
};
const world: PastWorld = { workspaceZone: "UTC", usedByDay: {}, spent: {} };
let number = 0;
const aSend = (at: number, change: Partial<PastSend> = {}): PastSend => ({
  messageId: `m${++number}`,
  contactId: "awa",
  holderId: "awa",
  consents: null,
  at,
  purpose: "service",
  zone: "UTC",
  country: null,
  sendingHours: null,
  collects: false,
  wasInConversation: false,
  costs: 1_000_000,
  currency: "USD",
  ...change,
});
const fates = (sends: PastSend[], change: Partial<SendPolicy>, before: PastWorld = world) =>
  [...replayPolicy(sends, { ...policy, ...change }, before).values()].map(({ fate, reason }) => [fate, reason]);

describe("one person's messages", () => {
  const four = [0, 1, 2, 3].map((hours) => aSend(monday + hours * hour));

  test.each<[string, Partial<SendPolicy>, PastWorld, [string, string | null][]]>([
    [
      "the fourth of a day",
      {},
      world,
      [
        ["sent", null],
        ["sent", null],
        ["sent", null],
        ["dropped", "frequency-cap"],
      ],
    ],
    [
      "what waits for the next day counts there",
      { capPerDay: 2, on: { ...usualAnswers, cap: "later" } },
      world,
      [
        ["sent", null],
        ["sent", null],
        ["later", "frequency-cap-later"],
        ["later", "frequency-cap-later"],
      ],
    ],
    [
      "what was counted before the week",
      { rollingCap: { days: 7, most: 5 } },
      { ...world, usedByDay: { awa: { "2026-11-20": 3 } } },
      [
        ["sent", null],
        ["sent", null],
        ["dropped", "rolling-cap"],
        ["dropped", "rolling-cap"],
      ],
    ],
    [
      "a budget for three",
      { budget: { micros: 3_000_000, currency: "USD" }, on: { ...usualAnswers, budget: "drop" }, capPerDay: 9 },
      world,
      [
        ["sent", null],
        ["sent", null],
        ["sent", null],
        ["dropped", "budget"],
      ],
    ],
    [
      "a budget in a currency in which nothing is charged",
      { budget: { micros: 0, currency: "EUR" }, capPerDay: 9 },
      world,
      [
        ["sent", null],
        ["sent", null],
        ["sent", null],
        ["sent", null],
      ],
    ],
  ])("%s", (_, change, before, expected) => expect(fates(four, change, before)).toEqual(expected));

  test("are judged in the order in which they would have left", () => {
    const night = aSend(Date.UTC(2026, 10, 23, 3));
    const [, , third, fourth] = four;
    // The night's waits for the morning and is the first of the day all the same.
    const verdicts = replayPolicy([...four, night], { ...policy, capPerDay: 3 }, world);
    expect(verdicts.get(night.messageId)).toEqual({ fate: "later", reason: "quiet-hours" });
    expect(verdicts.get(third?.messageId ?? "")?.fate).toBe("dropped");
    expect(verdicts.get(fourth?.messageId ?? "")?.fate).toBe("dropped");
  });
});

test("alerts are touched by nothing but their hours", () => {
  const alert = aSend(Date.UTC(2026, 10, 23, 3), { purpose: "fraud" });
  expect(fates([alert], { capPerDay: 1, budget: { micros: 0, currency: "USD" } })).toEqual([["sent", null]]);
});

test("an answer in a conversation leaves at night", () => {
  expect(fates([aSend(Date.UTC(2026, 10, 23, 3), { wasInConversation: true })], {})).toEqual([["sent", null]]);
});

test("chasing a debt waits for its day in the person's country", () => {
  const sunday = Date.UTC(2026, 10, 22, 17);
  const chase = { collects: true, zone: "America/Bogota" };
  expect(fates([aSend(sunday, { ...chase, country: "CO" })], {})).toEqual([["later", "collections-hours"]]);
  expect(fates([aSend(sunday, { ...chase, country: "SN" })], {})).toEqual([["sent", null]]);
});

test.each<[string, Partial<SendPolicy>, Partial<SendPolicy>, string[]]>([
  ["nothing changes", {}, {}, []],
  ["a smaller cap drops", {}, { capPerDay: 1 }, ["dropped", "dropped"]],
  ["or lets wait", {}, { capPerDay: 1, on: { ...usualAnswers, cap: "later" } }, ["waits", "waits"]],
  ["a larger one lets leave", { capPerDay: 1 }, { capPerDay: 2 }, ["leaves"]],
  ["longer nights let wait", {}, { quietHours: { from: "10:00", to: "08:00" } }, ["waits", "waits"]],
  ["shorter ones let leave sooner", { quietHours: { from: "10:00", to: "08:00" } }, {}, ["sooner", "sooner"]],
])("compared: %s", (_, inForce, proposed, expected) => {
  const sends = [0, 1, 2].map((hours) => aSend(monday + hours * hour));
  const touched = comparePolicies(
    sends,
    { inForce: { ...policy, ...inForce }, proposed: { ...policy, ...proposed } },
    world,
  );
  expect(touched.map(({ change }) => change)).toEqual(expected);
});

test("people with one phone share its cap, as they do when a message leaves", () => {
  const sends = ["awa", "kofi"].map((contactId) => aSend(monday, { contactId, holderId: "first" }));
  expect(fates(sends, { capPerDay: 1 }).map(([fate]) => fate)).toEqual(["sent", "dropped"]);
});

describe("rules for consent", () => {
  const given = { state: "granted" as const, at: "2026-01-10T00:00:00.000Z", wording: "0a1b2c3d4e5f" };
  const none = aSend(monday, { consents: {} });
  const old = aSend(monday + hour, { consents: { service: given } });
  const alert = aSend(monday + 2 * hour, { consents: {}, purpose: "fraud" });

  test.each<[string, Partial<SendPolicy>, (string | null)[]]>([
    ["without a rule", {}, ["no-consent", null, "no-consent"]],
    ["a class that needs none", { consentExempt: ["fraud"] }, ["no-consent", null, null]],
    ["an end", { consentMonths: 6 }, ["no-consent", "consent-expired", "no-consent"]],
    ["a later end", { consentMonths: 24 }, ["no-consent", null, "no-consent"]],
    ["a new wording", { consentSince: "2026-11-01" }, ["no-consent", "consent-expired", "no-consent"]],
    ["a retired wording", { consentRetired: ["0a1b2c3d4e5f"] }, ["no-consent", "consent-expired", "no-consent"]],
    ["another retired wording", { consentRetired: ["ffffffffffff"] }, ["no-consent", null, "no-consent"]],
    ["a new wording that comes later", { consentSince: "2026-12-01" }, ["no-consent", null, "no-consent"]],
  ])("%s", (_, change, expected) =>
    expect(fates([none, old, alert], change).map(([, reason]) => reason)).toEqual(expected),
  );
});
