import { describe, expect, test } from "vitest";
import { advance, enroll } from "./advance.ts";
import { compile } from "./compile.ts";
import { emptyGraph, type FlowSettings, type Graph, purposes } from "./graph.ts";
import { heldOutAt } from "./holdout.ts";
import { validate } from "./validate.ts";

const people = Array.from({ length: 4_000 }, (_, index) => `person-${index}`);
const withHoldout = (percent: number, salt = "spring", purpose: FlowSettings["purpose"] = "marketing") => ({
  purpose,
  holdout: { percent, salt },
});
const heldOut = (settings: ReturnType<typeof withHoldout>) => people.filter((id) => heldOutAt(settings, id) !== null);

describe("who is held out", () => {
  test("is about as many as asked for, and the same people each time", () => {
    const ten = heldOut(withHoldout(10));
    expect(ten.length / people.length).toBeGreaterThan(0.085);
    expect(ten.length / people.length).toBeLessThan(0.115);
    expect(heldOut(withHoldout(10))).toEqual(ten);
  });

  test("stays held out when the share grows", () => {
    const twenty = new Set(heldOut(withHoldout(20)));
    expect(heldOut(withHoldout(10)).every((id) => twenty.has(id))).toBe(true);
  });

  test("is drawn anew by another salt", () => {
    const other = new Set(heldOut(withHoldout(10, "autumn")));
    const both = heldOut(withHoldout(10)).filter((id) => other.has(id));
    expect(both.length / people.length).toBeLessThan(0.02);
  });

  test.each(purposes)("nobody of an alert: %s", (purpose) => {
    expect(heldOut(withHoldout(50, "spring", purpose)).length > 0).toBe(
      purpose === "service" || purpose === "marketing",
    );
  });

  test("nobody of a flow without a holdout, also one that was stored before there were any", () => {
    expect(heldOutAt({ purpose: "marketing", holdout: null }, "person-1")).toBeNull();
    expect(heldOutAt(JSON.parse('{ "purpose": "marketing" }'), "person-1")).toBeNull();
  });
});

const graph = (settings: Partial<FlowSettings>): Graph => ({
  ...emptyGraph(),
  nodes: [
    { id: "t", type: "trigger-event", position: { x: 0, y: 0 }, data: { event: "kyc.incomplete", rule: { all: [] } } },
    {
      id: "w",
      type: "wait",
      position: { x: 0, y: 0 },
      data: { mode: "duration", duration: { amount: 1, unit: "days" } },
    },
  ],
  edges: [{ id: "e", source: "t", sourceHandle: "next", target: "w" }],
  settings: { ...emptyGraph().settings, ...settings },
});

const enter = (settings: Partial<FlowSettings>, id: string) => {
  const flow = compile(graph(settings));
  const contact = { id, firstName: null, locale: null, timezone: null, attributes: {}, tags: [] };
  const world = { flow, contact, now: 1_000, workspaceTimezone: "UTC" };
  const event = { id: "1", name: "kyc.incomplete", properties: {}, at: 1_000 };
  return { world, entered: enroll({ ...world, event, key: null }) };
};

describe("a held-out person", () => {
  const settings = { ...withHoldout(30), goal: { event: "kyc.completed", windowHours: 24 } };
  const [held = ""] = heldOut(withHoldout(30));
  const free = people.find((id) => heldOutAt(withHoldout(30), id) === null) ?? "";

  test("is recorded at the door and visits no step", () => {
    const { entered } = enter(settings, held);
    expect(entered.enrollment).toMatchObject({ status: "ended", endReason: "held-out", visit: 0 });
    expect(entered.effects).toEqual([{ kind: "assign", visit: 0, nodeId: "t", experiment: "spring", arm: "held-out" }]);
    expect(entered.trace).toMatchObject([{ kind: "ended", nodeId: "t", detail: { reason: "held-out", percent: 30 } }]);
    expect(enter(settings, free).entered.enrollment).toMatchObject({ status: "waiting", nodeId: "w" });
  });

  test("stays on the side they have been on, also when the share grows past them", () => {
    const flow = compile(graph({ ...withHoldout(50) }));
    const contact = { id: held, firstName: null, locale: null, timezone: null, attributes: {}, tags: [] };
    const event = { id: "1", name: "kyc.incomplete", properties: {}, at: 1_000 };
    const experiments = new Map([["spring", { arm: "next", weights: null }]]);
    const world = { flow, contact, now: 1_000, workspaceTimezone: "UTC", experiments };
    const { enrollment, effects } = enroll({ ...world, event, key: null });
    expect(enrollment).toMatchObject({ status: "waiting", nodeId: "w" });
    expect(effects).toMatchObject([{ kind: "assign", arm: "next" }]);
  });

  test("still counts as converted when the goal comes by itself", () => {
    const { world, entered } = enter(settings, held);
    const event = { id: "2", name: "kyc.completed", properties: {}, at: 5_000 };
    const later = advance({ ...world, now: 5_000, enrollment: entered.enrollment, signal: { kind: "event", event } });
    expect(later.enrollment).toMatchObject({ endReason: "held-out", goalAt: 5_000 });
  });
});

test.each([
  ["fraud", ["cap-of-alerts", "holdout-of-alerts"]],
  ["transaction", ["cap-of-alerts", "holdout-of-alerts"]],
  ["service", []],
] as const)("a holdout and a cap of its own for %s messages: %o", (purpose, rules) => {
  const found = validate(graph({ purpose, capPerDay: 1, holdout: { percent: 5, salt: "s" } }), { templates: [] });
  expect(
    found
      .filter(({ nodeId }) => nodeId === null)
      .map(({ rule }) => rule)
      .sort(),
  ).toEqual(rules);
});
