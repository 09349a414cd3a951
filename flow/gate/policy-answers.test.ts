import { describe, expect, test } from "vitest";
import { nextMonthAt } from "./budget.ts";
import { collectionsWeek } from "./collections-hours.ts";
import { decideSend } from "./decide-send.ts";
import { capState } from "./frequency-cap.ts";
import type { Answers, AnswerToNo } from "./policy.ts";
import type { BudgetState, SendFacts } from "./send-facts.ts";

const noon = Date.UTC(2026, 10, 22, 12);
const night = Date.UTC(2026, 10, 22, 22, 41);
const morning = Date.UTC(2026, 10, 23, 8);
const nextMonth = Date.UTC(2026, 11, 1, 8);
const granted = { state: "granted", at: "2026-03-03T10:00:00Z" } as const;
const usedUp = capState({ "2026-11-22": 3 }, { perDay: 3, rolling: null }, "2026-11-22");
const spent = (facts: Partial<BudgetState> = {}): BudgetState => ({
  spent: 9_999_000,
  costs: 1_400,
  most: 10_000_000,
  currency: "USD",
  againAt: nextMonthAt("2026-11", "Africa/Dakar"),
  ...facts,
});
const on = (change: Partial<Answers>): Answers => ({ cap: "handle", quietHours: "later", budget: "later", ...change });

/** A message whose person comes first in the spread. */
const decide = (facts: Partial<SendFacts>) => {
  const { checks, ...verdict } = decideSend({
    now: noon,
    purpose: "service",
    category: "utility",
    zone: "Africa/Dakar",
    consents: { service: granted },
    suppressedReason: null,
    cap: capState({}, { perDay: 3, rolling: null }, "2026-11-22"),
    quietHours: { from: "21:00", to: "08:00" },
    sendingHours: null,
    expiresAt: null,
    spreadKey: "message-123152",
    kind: "template",
    lastInboundAt: null,
    templateStatus: "approved",
    channelStatus: "connected",
    hasAddress: true,
    missingVariables: [],
    text: "",
    ...facts,
  });
  return verdict;
};

const answers: AnswerToNo[] = ["later", "drop", "handle"];

describe.each([
  ["the cap", { cap: usedUp }, "cap", "frequency-cap", "frequency-cap-later", morning],
  ["the quiet hours", { now: night }, "quietHours", "quiet-hours-dropped", "quiet-hours", morning],
  ["the budget", { budget: spent() }, "budget", "budget", "budget-later", nextMonth],
] as const)("%s says no", (_, facts, rule, reason, reasonLater, until) => {
  test.each(answers)("and the workspace wants: %s", (wish) => {
    const expected = {
      later: { verdict: "defer", until, reason: reasonLater },
      drop: { verdict: "block", reason, isSilent: true },
      handle: { verdict: "block", reason },
    };
    expect(decide({ ...facts, on: on({ [rule]: wish }) })).toEqual(expected[wish]);
  });

  test("and what would be too old by then is dropped at once", () => {
    const wish = { ...facts, on: on({ [rule]: "later" }), expiresAt: until };
    expect(decide(wish)).toEqual({ verdict: "block", reason: "expired" });
  });

  test("never to a fraud alert", () => {
    expect(decide({ ...facts, purpose: "fraud" })).toEqual({ verdict: "send" });
  });
});

test("a message that may leave neither today nor this month waits for the later", () => {
  const wish = { cap: usedUp, budget: spent(), on: on({ cap: "later" }) };
  expect(decide(wish)).toEqual({ verdict: "defer", until: nextMonth, reason: "budget-later" });
});

test.each([
  ["the last that fits", { spent: 9_998_600 }, "send"],
  ["a price that nobody knows", { costs: null }, "send"],
  ["a free message, though all is spent", { spent: 10_000_000, costs: 0 }, "send"],
  ["a budget of nothing", { spent: 0, most: 0 }, "defer"],
])("the budget: %s", (_, facts, verdict) => expect(decide({ budget: spent(facts) }).verdict).toBe(verdict));

test.each([
  ["the week has room for one", 7, { verdict: "send" }],
  ["the week is full", 8, { verdict: "block", reason: "rolling-cap" }],
])("the rolling cap: %s", (_, used, expected) => {
  const cap = capState({ "2026-11-20": used }, { perDay: 3, rolling: { days: 7, most: 8 } }, "2026-11-22");
  expect(decide({ cap })).toEqual(expected);
});

describe("consent", () => {
  const until = (expiresAt: string) => ({ service: { ...granted, expiresAt } });
  test.each<[string, Partial<SendFacts>, object]>([
    ["holds until the last moment", { consents: until("2026-11-22T12:00:00.001Z") }, { verdict: "send" }],
    [
      "is none from its end on",
      { consents: until("2026-11-22T12:00:00Z") },
      { verdict: "block", reason: "consent-expired" },
    ],
    [
      "to alerts of its own is asked first",
      { purpose: "fraud", consents: { service: granted, fraud: { ...granted, state: "withdrawn" } } },
      { verdict: "block", reason: "consent-withdrawn" },
    ],
    [
      "to payments alone is enough for them",
      { purpose: "transaction", consents: { transaction: granted } },
      { verdict: "send" },
    ],
    [
      "to payments alone is none to service",
      { consents: { transaction: granted } },
      { verdict: "block", reason: "no-consent" },
    ],
  ])("%s", (_, facts, expected) => expect(decide(facts)).toEqual(expected));
});

test("whoever stands on the list gets nothing", () => {
  expect(decide({ suppressedReason: "listed", purpose: "fraud" })).toEqual({ verdict: "block", reason: "listed" });
});

test("a debt is chased in the collections hours only, also while the person writes to us", () => {
  const own = { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5] };
  const collections = collectionsWeek(own, null, noon, "Africa/Dakar");
  // 22 November 2026 is a Sunday.
  const expected = { verdict: "defer", until: morning, reason: "collections-hours" };
  expect(decide({ collections })).toEqual(expected);
  expect(decide({ collections, lastInboundAt: noon - 60_000, purpose: "transaction" })).toEqual(expected);
});
