import { describe, expect, test } from "vitest";
import { enroll } from "../advance.ts";
import { compile } from "../compile.ts";
import type { FlowInfo } from "../flow-info.ts";
import { emptyGraph, type FlowSettings, type Graph } from "../graph.ts";
import { matchRun, matchTrigger } from "../match-trigger.ts";
import { createSimulation, currentEnrollment, step } from "../simulate.ts";
import type { Action } from "../simulation/action.ts";
import { validate } from "../validate.ts";

const at = { x: 0, y: 0 };
const other = "0190e2a4-0000-7000-8000-000000000001";
const own = "0190e2a4-0000-7000-8000-000000000002";
const start = Date.parse("2026-11-23T12:00:00Z");
const hour = 3_600_000;

const graph = (data: object, ways: string[]): Graph => ({
  ...emptyGraph(),
  nodes: [
    { id: "start", type: "trigger-event", position: at, data: { event: "go" } },
    { id: "run", type: "run-flow", position: at, data: { flow: other, ...data } },
    ...ways.map((id) => ({ id, type: "exit", position: at, data: { reason: id } })),
  ],
  edges: [
    { id: "e", source: "start", sourceHandle: "next", target: "run" },
    ...ways.map((handle) => ({ id: handle, source: "run", sourceHandle: handle, target: handle })),
  ],
});

const contact = { id: "c1", firstName: null, locale: null, timezone: null, attributes: {}, tags: [] };
function play(drawn: Graph, actions: Action[], before: Action[] = []) {
  const sim = createSimulation({
    ...{ graph: drawn, catalog: { templates: [] }, contact, workspaceTimezone: "UTC", startAt: start },
  });
  const go: Action = { kind: "event", name: "go", properties: { amount: 7 } };
  return [...before, go, ...actions].reduce(step, sim);
}
const cameTo = (...played: Parameters<typeof play>) => {
  const state = currentEnrollment(play(...played))?.state;
  return state?.endNote ?? state?.endReason ?? state?.nodeId;
};

describe("a step that runs another flow", () => {
  const all = ["done", "exited", "timeout", "not-started"];
  const paused: Action = { kind: "inject", fault: "flow-paused" };
  const end = (outcome: "done" | "exited"): Action => ({ kind: "end-flow", outcome });
  const late: Action = { kind: "advance", milliseconds: 3 * hour };
  const data = { timeout: { amount: 2, unit: "hours" } };
  test.each<[string, Parameters<typeof cameTo>, string]>([
    ["waits for its end", [graph(data, all), []], "run"],
    ["goes on when it came to its end", [graph(data, all), [end("done")]], "done"],
    ["goes on when it was left early", [graph(data, all), [end("exited")]], "exited"],
    ["waits no longer than it is told", [graph(data, all), [late]], "timeout"],
    ["hears nothing of it afterwards", [graph(data, all), [late, end("done")]], "timeout"],
    ["says when it did not start", [graph(data, all), [], [paused]], "not-started"],
    ["takes what did not start for left early", [graph(data, ["done", "exited"]), [], [paused]], "exited"],
    ["goes on at once", [graph({ goesOn: "at-once" }, ["next", "not-started"]), []], "next"],
    [
      "goes on at once, and still says when it did not start",
      [graph({ goesOn: "at-once" }, ["next", "not-started"]), [], [paused]],
      "not-started",
    ],
    ["goes on in any case", [graph({ goesOn: "at-once" }, ["next"]), [], [paused]], "next"],
    ["ends where no way is drawn", [graph(data, ["exited"]), [end("done")]], "completed"],
  ])("%s", (_, played, way) => expect(cameTo(...played)).toBe(way));

  test("passes on what the event brought, and what it is told to", () => {
    const drawn = graph({ values: { owed: "event.amount", city: "contact.city" } }, []);
    const { effects } = enroll({
      ...{ flow: compile(drawn), contact, now: start, workspaceTimezone: "UTC", key: null },
      event: { id: "e", name: "go", properties: { amount: 7, due: "x" }, at: start },
    });
    expect(effects).toEqual([
      {
        kind: "run-flow",
        visit: 2,
        nodeId: "run",
        flowId: other,
        properties: { amount: 7, due: "x", owed: 7, city: null },
      },
    ]);
  });
});

describe("before it is published", () => {
  const info = (change: Partial<FlowInfo> = {}): FlowInfo => ({
    ...{ id: other, name: "Reminder", isRunning: true, opensWindow: false, reaches: [other] },
    ...change,
  });
  const drawn = graph({}, ["done"]);
  test.each<[string, FlowInfo[], string[]]>([
    ["a flow that runs", [info()], []],
    ["one that is not published", [], ["unknown-flow"]],
    ["one that is paused", [info({ isRunning: false })], ["flow-not-running"]],
    ["one that starts when people write", [info({ opensWindow: true })], ["flow-expects-words"]],
    ["one that leads back to this one", [info({ reaches: [other, own] })], ["flows-in-circle"]],
    ["itself", [info({ reaches: [other] }), info({ id: own })], []],
  ])("%s", (_, flows, rules) => {
    const found = validate(drawn, { templates: [], flows, flowId: own });
    expect(found.filter(({ nodeId }) => nodeId === "run").map(({ rule }) => rule)).toEqual(rules);
  });

  test("a circle of flows that nothing stops is found", () => {
    const round: Graph = {
      ...graph({}, []),
      edges: [
        { id: "e", source: "start", sourceHandle: "next", target: "run" },
        { id: "r", source: "run", sourceHandle: "done", target: "back" },
        { id: "b", source: "back", sourceHandle: "next", target: "run" },
      ],
      nodes: [
        ...graph({}, []).nodes,
        { id: "back", type: "update-contact", position: at, data: { changes: [{ op: "add-tag", tag: "x" }] } },
      ],
    };
    expect(validate(round, { templates: [], flows: [info()] }).map(({ rule }) => rule)).toContain("cycle-without-wait");
  });
});

describe("a flow that only others start", () => {
  const drawn = (settings: Partial<FlowSettings> = {}): Graph => ({
    ...emptyGraph(),
    nodes: [
      { id: "start", type: "trigger-flow", position: at, data: {} },
      { id: "out", type: "exit", position: at, data: { reason: "out" } },
    ],
    edges: [{ id: "e", source: "start", sourceHandle: "next", target: "out" }],
    settings: { ...emptyGraph().settings, ...settings },
  });
  const event = { id: "e", name: "flow.run", properties: { loanId: 4711 }, at: start };

  test("is not started by an event of that name", () =>
    expect(matchTrigger(compile(drawn()), event, contact)).toEqual({ refused: "other-event" }));
  test("takes its key from what the step passes on", () =>
    expect(matchRun(compile(drawn({ enrollmentKey: "event.loanId" })), event, contact)).toEqual({ key: "4711" }));
  test("asks nobody's entry criteria", () =>
    expect(matchRun(compile(graph({}, [])), event, contact)).toEqual({ key: null }));
  test("can be tried out", () => {
    const sim = createSimulation({
      ...{ graph: drawn(), catalog: { templates: [] }, contact, workspaceTimezone: "UTC", startAt: start },
    });
    const played = step(sim, { kind: "event", name: "flow.run", properties: {} });
    expect(currentEnrollment(played)?.state).toMatchObject({ status: "ended", endNote: "out" });
  });
});
