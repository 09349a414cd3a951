import { describe, expect, test } from "vitest";
import { compile } from "#flow/compile.ts";
import { FlowSettings, type Graph } from "#flow/graph.ts";
import type { Rule } from "#flow/rule.ts";
import type { FlowPast, StatusChange } from "./flow-at.ts";
import { type Entry, judgeEvent, type Question } from "./judge-event.ts";

const at = Date.parse("2026-11-19T14:02:00Z");
const day = 86_400_000;
const belowTwo: Rule = { path: "contact.kycLevel", op: "lt", value: 2 };
const hasDocument: Rule = { path: "event.document", op: "exists" };

function graph(rule: Rule, settings: Partial<FlowSettings> = {}): Graph {
  const trigger = {
    id: "start",
    type: "trigger-event",
    position: { x: 0, y: 0 },
    data: { event: "kyc.incomplete", rule },
  };
  return { schemaVersion: 1, nodes: [trigger], edges: [], settings: FlowSettings.parse(settings) };
}

const past = (changes: StatusChange[] = [], values: Partial<FlowPast> = {}): FlowPast => ({
  id: "f",
  name: "KYC",
  status: "active",
  changes,
  versions: [{ id: "v1", number: 1, triggerEvent: "kyc.incomplete", publishedAt: at - 30 * day }],
  ...values,
});

const question = (values: Partial<Question> = {}): Question => ({
  past: past(),
  flow: compile(graph({ all: [belowTwo, hasDocument] })),
  event: { id: "e", name: "kyc.incomplete", properties: { document: "passport" }, at },
  at,
  profile: {
    today: { id: "p", firstName: null, locale: null, timezone: null, attributes: { kycLevel: 1 }, tags: [] },
    writes: [],
    isWhole: false,
  },
  entries: [],
  fate: null,
  ...values,
});

const entry = (values: Partial<Entry> = {}): Entry => ({
  key: "",
  eventId: "earlier",
  enteredAt: at - 5 * day,
  endedAt: at - 4 * day,
  ...values,
});
const withSettings = (settings: Partial<FlowSettings>) => compile(graph({ all: [] }, settings));
const paused = (since: number): StatusChange => ({ at: since, from: "active", to: "paused" });
const released = (since: number): StatusChange => ({ at: since, from: "held", to: "active" });

describe("what stood in the way", () => {
  test.each<[string, Partial<Question>, object]>([
    [
      "paused then, though active now",
      { past: past([paused(at - day)]) },
      { reason: "paused", since: new Date(at - day) },
    ],
    [
      "paused only later does not matter",
      { past: past([paused(at + day)], { status: "paused" }) },
      { reason: "not-explained" },
    ],
    ["held then, told by the release after it", { past: past([released(at + day)]) }, { reason: "held", since: null }],
    ["archived", { past: past([], { status: "archived" }) }, { reason: "archived", since: null }],
    [
      "published only after the event",
      {
        past: past([], { versions: [{ id: "v1", number: 1, triggerEvent: "kyc.incomplete", publishedAt: at + day }] }),
      },
      { reason: "not-published", since: new Date(at + day) },
    ],
    ["a rule", { event: { id: "e", name: "kyc.incomplete", properties: {}, at } }, { reason: "entry-criteria" }],
    [
      "no key in the event",
      { flow: withSettings({ enrollmentKey: "event.loanId" }) },
      { reason: "no-key", path: "event.loanId" },
    ],
    ["never again", { flow: withSettings({ reEntry: { mode: "never" } }), entries: [entry()] }, { reason: "re-entry" }],
    ["still inside", { flow: withSettings({}), entries: [entry({ endedAt: null })] }, { reason: "re-entry" }],
    [
      "inside at that moment, out today",
      { flow: withSettings({}), entries: [entry({ endedAt: at + day })] },
      { reason: "re-entry" },
    ],
    [
      "too soon after the last time",
      { flow: withSettings({ reEntry: { mode: "after-days", days: 30 } }), entries: [entry()] },
      { reason: "re-entry" },
    ],
    [
      "an entry that came later says nothing",
      { flow: withSettings({ reEntry: { mode: "never" } }), entries: [entry({ enteredAt: at + day })] },
      { reason: "not-explained" },
    ],
    [
      "inside with another key is no hindrance",
      { flow: withSettings({ enrollmentKey: "event.document" }), entries: [entry({ key: "visa", endedAt: null })] },
      { reason: "not-explained" },
    ],
    ["the engine failed on it", { fate: { kind: "failed", error: "boom" } }, { reason: "failed", error: "boom" }],
    ["nobody has come to it yet", { fate: { kind: "queued" } }, { reason: "queued" }],
    ["a version that cannot be read", { flow: null }, { reason: "unreadable" }],
    ["nothing that is known", {}, { reason: "not-explained" }],
  ])("%s", (_, values, refusal) => expect(judgeEvent(question(values)).refusal).toEqual(refusal));
});

test("the failing rule is told with what the person had then, and what they have now", () => {
  const profile = {
    ...question().profile,
    writes: [
      { at: at - 3_000, source: { kind: "identify" as const }, name: "kycLevel", value: 2 },
      { at: at + day, source: { kind: "identify" as const }, name: "kycLevel", value: 1 },
    ],
  };
  const judged = judgeEvent(question({ profile }));
  expect(judged.refusal).toEqual({ reason: "entry-criteria" });
  expect(judged.rules).toMatchObject([
    {
      test: belowTwo,
      actual: 2,
      now: 1,
      verdict: "fails",
      asOf: "then",
      setBy: { kind: "identify", at: new Date(at - 3_000) },
    },
    { test: hasDocument, actual: "passport", verdict: "holds", asOf: "then", setBy: null },
  ]);
});

test("re-entry is told with the days it needs and when the person was last inside", () => {
  const flow = withSettings({ reEntry: { mode: "after-days", days: 30 } });
  expect(judgeEvent(question({ flow, entries: [entry()] })).reEntry).toEqual({
    mode: "after-days",
    days: 30,
    holds: false,
    insideSince: null,
    lastEnteredAt: new Date(at - 5 * day),
  });
});
