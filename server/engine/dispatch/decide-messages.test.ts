import { expect, test } from "vitest";
import { noConsentRules } from "#flow/gate/consent.ts";
import { usualAnswers } from "#flow/gate/policy.ts";
import type { TemplateCategory, TemplateStatus } from "#flow/template.ts";
import { decideMessage, type GateWorld } from "./decide-messages.ts";
import { type Candidate, templateKey } from "./load-facts.ts";
import type { SendingRules } from "./load-rules.ts";

const granted = { state: "granted", at: "2026-03-03T10:00:00Z", source: "identify" } as const;

function aCandidate(
  contact: Partial<NonNullable<Candidate["contact"]>> = {},
  change: Partial<Candidate> = {},
): Candidate {
  return {
    messageId: "019aa9c5-7c5b-7000-8000-000000000001",
    workspaceId: "w",
    shard: 0,
    contactId: "c",
    enrollmentId: "e",
    visit: 1,
    flowId: "f",
    flowStatus: "active",
    purpose: "service",
    request: { template: "hello", purpose: "service", values: {}, links: {}, sendingHours: null },
    attempts: 0,
    lane: 2,
    notBefore: new Date(0),
    releasedAt: null,
    capDay: null,
    left: null,
    budgetMonth: null,
    budgetCurrency: null,
    createdAt: new Date(0),
    expiresAt: null,
    heldUntil: null,
    contact: {
      phone: "+33600000001",
      waId: null,
      bsuid: null,
      locale: "en",
      timezone: "Europe/Paris",
      consents: { service: granted },
      suppressedAt: null,
      suppressedReason: null,
      isListed: false,
      lastInboundAt: null,
      ...contact,
    },
    capHolderId: "c",
    capUsed: {},
    capKept: 0,
    ...change,
  };
}

const rules: SendingRules = {
  timezone: "Asia/Kolkata",
  language: "en",
  capPerDay: 3,
  rollingCap: null,
  quietHours: { from: "21:00", to: "08:00" },
  collections: { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5, 6, 7] },
  budget: null,
  consent: noConsentRules,
  on: usualAnswers,
  spent: {},
};

const language = { language: "en", header: null, body: "Hello", footer: null, buttons: [] };
const worldAt = (
  now: string,
  { status = "approved", category = "utility" }: { status?: TemplateStatus; category?: TemplateCategory } = {},
): GateWorld => ({
  rules: new Map([["w", rules]]),
  templates: new Map([[templateKey("w", "hello"), { id: "t", category, languages: [{ ...language, status }] }]]),
  channels: new Map(),
  knownCodes: new Map(),
  publicUrl: "http://localhost",
  now: Date.parse(now),
});

const hoursSeen = (candidate: Candidate, now: string) =>
  decideMessage(candidate, worldAt(now)).checks.find(({ check }) => check === "hours");

test.each([
  ["by the person's own zone", "Europe/Paris", "2026-11-22T20:30:00Z", "21:30 Europe/Paris", "defer"],
  ["by the workspace's for who has none", null, "2026-11-22T15:29:00Z", "20:59 Asia/Kolkata", "pass"],
  ["and it is quiet there from half past three UTC", null, "2026-11-22T15:30:00Z", "21:00 Asia/Kolkata", "defer"],
  ["by UTC for a zone that nobody knows", "Mars/Olympus", "2026-11-22T21:00:00Z", "21:00 Mars/Olympus", "defer"],
])("hours are read %s", (_, timezone, now, seen, verdict) => {
  expect(hoursSeen(aCandidate({ timezone }), now)).toMatchObject({ seen, verdict });
});

test("who moves while the message waits is judged where they are when it would leave", () => {
  const morningInParis = "2026-11-23T07:10:00Z";
  expect(hoursSeen(aCandidate(), morningInParis)).toMatchObject({ verdict: "pass", seen: "08:10 Europe/Paris" });
  const moved = aCandidate({ timezone: "America/New_York" });
  expect(hoursSeen(moved, morningInParis)).toMatchObject({ verdict: "defer", seen: "02:10 America/New_York" });
});

test("the cap counts on the person's own day", () => {
  // 23:30 in Dakar is 00:30 of the next day in Lagos, where nothing was sent yet.
  const capUsed = { "2026-11-22": 3 };
  const now = "2026-11-22T23:30:00Z";
  const capSeen = (timezone: string) =>
    decideMessage(aCandidate({ timezone }, { capUsed }), worldAt(now)).checks.find(({ check }) => check === "cap");
  expect(capSeen("Africa/Dakar")).toMatchObject({ verdict: "block", seen: "3" });
  expect(capSeen("Africa/Lagos")).toMatchObject({ verdict: "pass", seen: "0" });
});

test.each([
  ["paused", "template-paused"],
  ["rejected", "template-not-approved"],
] as const)("a template that is %s while the message waits keeps it from leaving", (status, reason) => {
  expect(decideMessage(aCandidate(), worldAt("2026-11-22T12:00:00Z", { status }))).toMatchObject({
    verdict: "skip",
    reason,
  });
});

test("a template that the provider moves to marketing needs that consent, counts for the cap and rests at night", () => {
  const moved = { category: "marketing" } as const;
  const payment = aCandidate({}, { purpose: "transaction", capUsed: { "2026-11-22": 3 } });
  const seenBy = (candidate: Candidate, world: GateWorld) =>
    Object.fromEntries(decideMessage(candidate, world).checks.map(({ check, verdict }) => [check, verdict]));
  const night = "2026-11-22T21:30:00Z";
  expect(seenBy(payment, worldAt(night))).toMatchObject({ consent: "pass", cap: "pass", hours: "pass" });
  expect(seenBy(payment, worldAt(night, moved))).toMatchObject({ consent: "block", cap: "block", hours: "defer" });
});

test("a person who was erased while the message waited is not written to", () => {
  const decision = decideMessage(aCandidate({}, { contact: null }), worldAt("2026-11-22T12:00:00Z"));
  expect(decision).toMatchObject({ verdict: "skip", reason: "contact-erased" });
});
