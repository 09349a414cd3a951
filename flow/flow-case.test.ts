import { describe, expect, test } from "vitest";
import { FlowCase, outcomesOf, playCase, runCase } from "./flow-case.ts";
import { type SendPolicy, usualAnswers } from "./gate/policy.ts";
import type { Action } from "./simulation/action.ts";
import { starters } from "./starters/index.ts";

const kyc = starters.find((starter) => starter.id === "kyc-reminder");
if (!kyc) throw new Error("The KYC starter is gone.");
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
const world = { graph: kyc.graph, catalog: { templates: kyc.templates }, workspaceTimezone: "Africa/Dakar", policy };
const start: FlowCase["start"] = {
  person: {
    name: "Alex",
    facts: {
      id: "c1",
      firstName: "Alex",
      locale: "en",
      timezone: "Africa/Dakar",
      attributes: { kycLevel: 1 },
      tags: [],
    },
  },
  hasConsent: true,
  event: kyc.sampleEvent.name,
  properties: kyc.sampleEvent.properties,
  at: Date.UTC(2026, 10, 23, 10),
  language: "en",
};

const kept = (actions: Action[], counted: readonly (keyof ReturnType<typeof outcomesOf>)[]): FlowCase => {
  const outcomes = outcomesOf(playCase({ start, actions }, world));
  return FlowCase.parse({
    name: "As it was",
    start,
    actions,
    expected: Object.fromEntries(counted.map((name) => [name, outcomes[name]])),
  });
};

describe("a test case", () => {
  test("passes over the draft it was made of, also after it was stored as JSON", () => {
    const made = kept([{ kind: "skip" }, { kind: "reply", text: "Help" }], ["path", "messages", "end", "handOffs"]);
    const stored = FlowCase.parse(JSON.parse(JSON.stringify(made)));
    expect(runCase(stored, world)).toEqual({ passes: true, differences: [] });
  });

  test("fails with what was expected and what came out once a step is gone", () => {
    const made = kept([{ kind: "skip" }], ["path", "end"]);
    const [first] = world.graph.edges;
    const cut = { ...world.graph, edges: world.graph.edges.filter((edge) => edge !== first) };
    const { passes, differences } = runCase(made, { ...world, graph: cut });
    expect(passes).toBe(false);
    expect(differences.map(({ outcome }) => outcome)).toEqual(["path", "end"]);
    expect(differences[0]?.actual).toEqual(made.expected.path?.slice(0, 1));
  });

  test("is not asked about what does not count", () => {
    const made = kept([], ["end"]);
    const quiet = runCase(made, { ...world, catalog: { templates: [] } });
    expect(quiet.differences.every(({ outcome }) => outcome === "end")).toBe(true);
  });

  test("of somebody whom the entry criteria refuse ends as refused", () => {
    const other = playCase({ start: { ...start, event: "something.else" }, actions: [] }, world);
    expect(outcomesOf(other)).toMatchObject({ path: [], messages: [], end: "refused" });
  });

  test("with a paused template sends nothing and says why", () => {
    const before = playCase({ start, actions: [] }, world);
    const sent = outcomesOf(before).messages.length;
    const paused = playCase(
      { start, actions: [{ kind: "inject", fault: "template-paused" }, { kind: "skip" }] },
      world,
    );
    expect(outcomesOf(paused).messages).toHaveLength(sent);
    expect(outcomesOf(paused).notSent).toEqual(["template-paused"]);
  });
});
