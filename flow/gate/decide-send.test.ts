import { describe, expect, test } from "vitest";
import { decideSend, gateChecks } from "./decide-send.ts";
import { type CapState, capState } from "./frequency-cap.ts";
import type { SendFacts } from "./send-facts.ts";

const noon = Date.UTC(2026, 10, 22, 12);
const night = Date.UTC(2026, 10, 22, 22, 41);
const morning = Date.UTC(2026, 10, 23, 8);
const hour = 3_600_000;
const minute = 60_000;
// The places of these messages in the spread: at the opening itself, half-way, and last (0.9999).
const [first, middle, last] = ["message-123152", "message-124401", "message-115991"];

const usedToday = (used: number): CapState =>
  capState({ "2026-11-22": used }, { perDay: 3, rolling: null }, "2026-11-22");

function aReminder(facts: Partial<SendFacts> = {}): SendFacts {
  return {
    now: noon,
    purpose: "service",
    category: "utility",
    zone: "Africa/Dakar",
    consents: { service: { state: "granted", at: "2026-03-03T10:00:00Z" } },
    suppressedReason: null,
    cap: usedToday(0),
    quietHours: { from: "21:00", to: "08:00" },
    sendingHours: null,
    expiresAt: null,
    spreadKey: first,
    kind: "template",
    lastInboundAt: null,
    templateStatus: "approved",
    channelStatus: "connected",
    hasAddress: true,
    missingVariables: [],
    text: "Hello Awa, your card ending in 4242 is ready.",
    ...facts,
  };
}

const granted = { state: "granted", at: "2026-03-03T10:00:00Z" } as const;
const withdrawn = { state: "withdrawn", at: "2026-03-03T10:00:00Z" } as const;

test.each<[string, Partial<SendFacts>, object]>([
  ["everything is fine", {}, { verdict: "send" }],
  ["nobody ever asked for consent", { consents: {} }, { verdict: "block", reason: "no-consent" }],
  ["consent was withdrawn", { consents: { service: withdrawn } }, { verdict: "block", reason: "consent-withdrawn" }],
  [
    "consent to service messages is not one to marketing",
    { purpose: "marketing" },
    { verdict: "block", reason: "no-consent" },
  ],
  [
    "a marketing message to who wants it",
    { purpose: "marketing", consents: { marketing: granted } },
    { verdict: "send" },
  ],
  [
    "a fraud alert needs the consent to service messages",
    { purpose: "fraud", consents: { marketing: granted } },
    { verdict: "block", reason: "no-consent" },
  ],
  [
    "a service message by a template that became marketing, to who wants both",
    { category: "marketing", consents: { service: granted, marketing: granted } },
    { verdict: "send" },
  ],
  [
    "to who wants service only",
    { category: "marketing", consents: { service: granted } },
    { verdict: "block", reason: "no-consent" },
  ],
  [
    "to who wants marketing only",
    { category: "marketing", consents: { service: withdrawn, marketing: granted } },
    { verdict: "block", reason: "consent-withdrawn" },
  ],
  [
    "a payment's by such a template uses the cap",
    {
      purpose: "transaction",
      category: "marketing",
      consents: { service: granted, marketing: granted },
      cap: usedToday(3),
    },
    { verdict: "block", reason: "frequency-cap" },
  ],
  ["STOP one second ago", { suppressedReason: "opt-out" }, { verdict: "block", reason: "opt-out" }],
  [
    "STOP holds for fraud alerts, too",
    { purpose: "fraud", suppressedReason: "opt-out" },
    { verdict: "block", reason: "opt-out" },
  ],
  ["a suppression of a kind nobody knows", { suppressedReason: "moon" }, { verdict: "block", reason: "suppressed" }],
  ["no number", { hasAddress: false }, { verdict: "block", reason: "no-phone" }],
  ["the third of three messages", { cap: usedToday(2) }, { verdict: "send" }],
  ["the fourth of three messages", { cap: usedToday(3) }, { verdict: "block", reason: "frequency-cap" }],
  ["a transaction message beyond the cap", { purpose: "transaction", cap: usedToday(9) }, { verdict: "send" }],
  ["a reminder at night", { now: night }, { verdict: "defer", until: morning, reason: "quiet-hours" }],
  [
    "an answer at night to who wrote 14 minutes ago",
    { now: night, lastInboundAt: night - 14 * minute },
    { verdict: "send" },
  ],
  [
    "a reminder at night to who wrote 15 minutes ago",
    { now: night, lastInboundAt: night - 15 * minute },
    { verdict: "defer", until: morning, reason: "quiet-hours" },
  ],
  [
    "an offer at night in the middle of a conversation",
    { purpose: "marketing", consents: { marketing: granted }, now: night, lastInboundAt: night - minute },
    { verdict: "defer", until: morning, reason: "quiet-hours" },
  ],
  [
    "an answer outside the flow's own sending hours",
    { now: night, lastInboundAt: night - minute, sendingHours: { from: "08:00", to: "19:00" } },
    { verdict: "defer", until: morning, reason: "sending-hours" },
  ],
  ["a fraud alert at night", { purpose: "fraud", now: night }, { verdict: "send" }],
  [
    "collections after hours",
    { purpose: "transaction", now: night, sendingHours: { from: "08:00", to: "19:00" } },
    { verdict: "defer", until: morning, reason: "sending-hours" },
  ],
  [
    "sending hours inside the quiet hours",
    { sendingHours: { from: "22:00", to: "23:00" } },
    { verdict: "block", reason: "never-open" },
  ],
  ["older than it is useful", { expiresAt: noon }, { verdict: "block", reason: "expired" }],
  [
    "would only leave when it is too old",
    { now: night, expiresAt: night + hour },
    { verdict: "block", reason: "expired" },
  ],
  [
    "one that is useful until the very opening",
    { now: night, expiresAt: morning },
    { verdict: "block", reason: "expired" },
  ],
  [
    "and one until a moment after",
    { now: night, expiresAt: morning + 1 },
    { verdict: "defer", until: morning, reason: "quiet-hours" },
  ],
  ["useful for one more millisecond", { expiresAt: noon + 1 }, { verdict: "send" }],
  ["useful until a millisecond ago", { expiresAt: noon - 1 }, { verdict: "block", reason: "expired" }],
  [
    "half-way of those that wait for the morning",
    { now: night, spreadKey: middle },
    { verdict: "defer", until: morning + 15 * minute, reason: "quiet-hours" },
  ],
  [
    "the last of those that wait for the morning",
    { now: night, spreadKey: last },
    { verdict: "defer", until: morning + 30 * minute - 180, reason: "quiet-hours" },
  ],
  [
    "one in the middle that is useful for twenty minutes only",
    { now: night, spreadKey: middle, expiresAt: morning + 20 * minute },
    { verdict: "defer", until: morning + 5 * minute, reason: "quiet-hours" },
  ],
  [
    "one in the middle, where the hours close after twenty minutes",
    { now: night, spreadKey: middle, sendingHours: { from: "07:00", to: "08:20" } },
    { verdict: "defer", until: morning + 5 * minute, reason: "quiet-hours" },
  ],
  [
    "a payment's own message never waits longer than its hours",
    { purpose: "transaction", now: night, spreadKey: last, sendingHours: { from: "08:00", to: "19:00" } },
    { verdict: "defer", until: morning, reason: "sending-hours" },
  ],
  ["the hours are open: nobody waits for the spread", { spreadKey: last }, { verdict: "send" }],
  [
    "still young enough in the morning",
    { now: night, expiresAt: night + 12 * hour },
    { verdict: "defer", until: morning, reason: "quiet-hours" },
  ],
  [
    "free text to who never wrote",
    { kind: "free", templateStatus: null },
    { verdict: "block", reason: "window-closed" },
  ],
  ["free text 23 hours after they wrote", { kind: "free", lastInboundAt: noon - 23 * hour }, { verdict: "send" }],
  [
    "free text 24 hours after they wrote",
    { kind: "free", lastInboundAt: noon - 24 * hour },
    { verdict: "block", reason: "window-closed" },
  ],
  ["no such template", { templateStatus: null }, { verdict: "block", reason: "unknown-template" }],
  ["a template in review", { templateStatus: "submitted" }, { verdict: "block", reason: "template-not-approved" }],
  ["a template paused by the provider", { templateStatus: "paused" }, { verdict: "block", reason: "template-paused" }],
  [
    "a paused template that its flow waits for",
    { templateStatus: "paused", holdUntil: noon + hour },
    { verdict: "defer", until: noon + hour, reason: "template-held" },
  ],
  [
    "a paused template that was waited for long enough",
    { templateStatus: "paused", holdUntil: noon },
    { verdict: "block", reason: "template-paused" },
  ],
  [
    "a template that is gone: nothing to wait for",
    { templateStatus: null, holdUntil: noon + hour },
    { verdict: "block", reason: "unknown-template" },
  ],
  ["an approved template, whatever its flow would wait", { holdUntil: noon + hour }, { verdict: "send" }],
  ["no number connected", { channelStatus: null }, { verdict: "block", reason: "no-channel" }],
  [
    "the number is paused",
    { channelStatus: "paused" },
    { verdict: "defer", until: noon + 300_000, reason: "channel-paused" },
  ],
  ["a blank stays blank", { missingVariables: ["amount"] }, { verdict: "block", reason: "missing-variable" }],
  ["a full card number", { text: "Card 4111 1111 1111 1111" }, { verdict: "block", reason: "sensitive-content" }],
  ["the goal was reached while it waited", { left: "goal-reached" }, { verdict: "block", reason: "goal-reached" }],
  ["the exit criteria were met", { left: "exit-criteria" }, { verdict: "block", reason: "exit-criteria" }],
  ["an alert is owed to who has reached the goal too", { left: "goal-reached", purpose: "fraud" }, { verdict: "send" }],
  [
    "who was taken out gets no alert either",
    { left: "stopped", purpose: "fraud" },
    { verdict: "block", reason: "stopped" },
  ],
  [
    "a STOP is told before what it led to",
    { left: "stopped", suppressedReason: "opt-out" },
    { verdict: "block", reason: "opt-out" },
  ],
  [
    "two reasons to wait: the later counts",
    { now: night, channelStatus: "paused" },
    { verdict: "defer", until: morning, reason: "quiet-hours" },
  ],
  [
    "a reason to wait and one to drop: dropped",
    { now: night, suppressedReason: "opt-out" },
    { verdict: "block", reason: "opt-out" },
  ],
])("%s", (_, facts, expected) => {
  const { checks, ...verdict } = decideSend(aReminder(facts));
  expect(verdict).toEqual(expected);
  expect(checks.map((one) => one.check)).toEqual(gateChecks);
});

describe("the checks that are stored", () => {
  test("show every no, not only the one that decided", () => {
    const { checks } = decideSend(aReminder({ consents: {}, cap: usedToday(3), now: night }));
    expect(checks.filter((one) => one.verdict !== "pass")).toEqual([
      { check: "consent", verdict: "block", seen: "none", needed: "service" },
      { check: "cap", verdict: "block", seen: "3", needed: "< 3" },
      { check: "hours", verdict: "defer", seen: "22:41 Africa/Dakar", needed: "not 21:00-08:00, spread 0 / 30 min" },
    ]);
  });

  test("tell the message's place among those that wait for the same opening", () => {
    const { checks } = decideSend(aReminder({ now: night, spreadKey: middle }));
    expect(checks).toContainEqual({
      check: "hours",
      verdict: "defer",
      seen: "22:41 Africa/Dakar",
      needed: "not 21:00-08:00, spread 15 / 30 min",
    });
  });

  test("hold nothing of the message", () => {
    const { checks } = decideSend(aReminder({ text: "Awa 4111111111111111" }));
    expect(JSON.stringify(checks)).not.toMatch(/Awa|4111/);
  });
});
