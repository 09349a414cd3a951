import { describe, expect, test } from "vitest";
import { emptyGraph, type Graph } from "../graph.ts";
import { createSimulation, currentEnrollment, step } from "../simulate.ts";
import { validate } from "../validate.ts";

const at = { x: 0, y: 0 };
const graph = (type: string, data: Record<string, unknown>, ways: string[]): Graph => ({
  ...emptyGraph(),
  nodes: [
    { id: "start", type: "trigger-event", position: at, data: { event: "go" } },
    { id: "pass", type, position: at, data },
    ...ways.map((id) => ({ id, type: "exit", position: at, data: { reason: id } })),
  ],
  edges: [
    { id: "e", source: "start", sourceHandle: "next", target: "pass" },
    ...ways.map((handle) => ({ id: handle, source: "pass", sourceHandle: handle, target: handle })),
  ],
});

type Played = { id?: string; timezone?: string | null; startAt?: string };
function enter(drawn: Graph, { id = "c1", timezone = null, startAt = "2026-11-23T12:00:00Z" }: Played = {}) {
  const sim = createSimulation({
    graph: drawn,
    catalog: { templates: [] },
    contact: { id, firstName: null, locale: null, timezone, attributes: {}, tags: [] },
    workspaceTimezone: "UTC",
    startAt: Date.parse(startAt),
  });
  const state = currentEnrollment(step(sim, { kind: "event", name: "go", properties: {} }))?.state;
  const wakeAt = state?.wait?.wakeAt;
  return state?.endNote ?? (wakeAt ? new Date(wakeAt).toISOString() : (state?.endReason ?? "nowhere"));
}

describe("a time window", () => {
  const office = { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };
  const leaves = (played: Played, data: object = {}) =>
    enter(graph("time-window", { ...office, outside: "leave", ...data }, ["next", "outside"]), played);
  const waits = (played: Played) => enter(graph("time-window", { ...office, outside: "wait" }, ["next"]), played);

  test.each<[string, Played, string]>([
    ["a Monday at noon", { startAt: "2026-11-23T12:00:00Z" }, "next"],
    ["its first minute", { startAt: "2026-11-23T09:00:00Z" }, "next"],
    ["the end is not part of it", { startAt: "2026-11-23T18:00:00Z" }, "outside"],
    ["a Sunday at noon", { startAt: "2026-11-22T12:00:00Z" }, "outside"],
    ["by the person's clock", { startAt: "2026-11-23T12:00:00Z", timezone: "Asia/Kolkata" }, "next"],
    ["which is past it", { startAt: "2026-11-23T13:00:00Z", timezone: "Asia/Kolkata" }, "outside"],
    ["and may be Saturday already", { startAt: "2026-11-27T23:00:00Z", timezone: "Pacific/Auckland" }, "outside"],
  ])("%s", (_, played, way) => expect(leaves(played)).toBe(way));

  test.each<[string, Played, string]>([
    ["inside", { startAt: "2026-11-23T12:00:00Z" }, "next"],
    ["before it opens", { startAt: "2026-11-23T06:30:00Z" }, "2026-11-23T09:00:00.000Z"],
    ["over the weekend", { startAt: "2026-11-27T18:00:00Z" }, "2026-11-30T09:00:00.000Z"],
    [
      "over the change of the clocks",
      { startAt: "2027-03-26T20:00:00Z", timezone: "Europe/Paris" },
      "2027-03-29T07:00:00.000Z",
    ],
  ])("waits until it opens: %s", (_, played, way) => expect(waits(played)).toBe(way));

  test("is not published upside down", () => {
    const drawn = graph("time-window", { ...office, from: "18:00", to: "09:00" }, ["next"]);
    expect(validate(drawn, { templates: [] }).map(({ rule }) => rule)).toContain("window-upside-down");
  });
});

describe("a holdout", () => {
  const people = Array.from({ length: 4000 }, (_, index) => `person-${index}`);
  const heldOut = (data: object, ways = ["next", "held-out"]) =>
    new Set(people.filter((id) => enter(graph("holdout", { ...data }, ways), { id }) !== "next"));

  test("keeps about that share out, always the same people, and others by another name", () => {
    const first = heldOut({ name: "spring", percent: 10 });
    expect(first.size / people.length).toBeGreaterThan(0.085);
    expect(first.size / people.length).toBeLessThan(0.115);
    expect(heldOut({ name: "spring", percent: 10 })).toEqual(first);
    const grown = heldOut({ name: "spring", percent: 20 });
    expect([...first].every((id) => grown.has(id))).toBe(true);
    const other = heldOut({ name: "autumn", percent: 10 });
    expect([...first].filter((id) => other.has(id)).length).toBeLessThan(first.size / 4);
  });

  test.each([
    ["nobody", 0, 0],
    ["a tenth of a percent", 0.1, 4000 * 0.01],
  ])("keeps %s out", (_, percent, most) => expect(heldOut({ name: "x", percent }).size).toBeLessThanOrEqual(most));

  test("who is held out leaves the flow with that reason, or by the way that is drawn", () => {
    const [out = ""] = heldOut({ name: "spring", percent: 10 });
    expect(enter(graph("holdout", { name: "spring", percent: 10 }, ["next"]), { id: out })).toBe("held-out");
    expect(enter(graph("holdout", { name: "spring", percent: 10 }, ["next", "held-out"]), { id: out })).toBe(
      "held-out",
    );
  });
});
