import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { noConsentRules } from "../gate/consent.ts";
import { usualAnswers } from "../gate/policy.ts";
import { FlowSettings, type Graph } from "../graph.ts";
import type { Echo, PersonHistory } from "./history.ts";
import { assumedRates } from "./rates.ts";
import { Replay } from "./replay.ts";

const minute = 60_000;
const start = Date.UTC(2026, 9, 5, 9);
const flowId = "0190e2a4-0000-7000-8000-000000000002";

type Step = { id: string; type: string; data: Record<string, unknown> };
function graphOf(trigger: Step, step: Step, ways: string[]): Graph {
  const position = { x: 0, y: 0 };
  return {
    schemaVersion: 1,
    nodes: [trigger, step, ...ways.map((id) => ({ id, type: "exit", data: { reason: id } }))].map((node) => ({
      ...node,
      position,
    })),
    edges: [
      { id: "e", source: trigger.id, sourceHandle: "next", target: step.id },
      ...ways.map((way) => ({ id: way, source: step.id, sourceHandle: way, target: way })),
    ],
    settings: FlowSettings.parse({}),
  };
}

const replayOf = (graph: Graph) =>
  new Replay({
    flow: compile(graph),
    flowId,
    catalog: { templates: [] },
    rules: {
      ...{ capPerDay: 3, rollingCap: null, budget: null, on: usualAnswers, consent: noConsentRules },
      quietHours: { from: "00:00", to: "00:00" },
      collections: { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5, 6, 7] },
    },
    ...{ zone: "UTC", language: "en", assumesApproval: true, keptPaths: 1_000 },
    rates: { byTemplate: new Map(), usual: assumedRates, seed: "test" },
    priceOf: () => null,
  });

const person = (id: string, echoes: PersonHistory["echoes"] = new Map()): PersonHistory => ({
  id,
  facts: { id, firstName: null, locale: null, timezone: null, attributes: {}, tags: [] },
  holderId: id,
  ...{ phone: null, country: null, hasAddress: true, suppressed: null, isListed: false },
  consents: { ledger: [], standing: {} },
  ...{ inboundAt: [], cappedSends: [], outside: [], past: [] },
  echoes,
});
const trigger: Step = { id: "start", type: "trigger-event", data: { event: "go" } };
const event = (id: string, at: number, name = "go", properties = {}) => ({ id, name, properties, at });

test("a throttle lets on as many as it would have, in their order, and keeps nobody too long", () => {
  const slow = {
    id: "slow",
    type: "throttle",
    data: { people: 10, per: "minute", timeout: { amount: 3, unit: "minutes" } },
  };
  const replay = replayOf(graphOf(trigger, slow, ["next", "timeout"]));
  for (let nth = 0; nth < 60; nth += 1) {
    const at = start + nth * 50;
    replay.hear(`p${nth}`, event(`e${nth}`, at), at, () => person(`p${nth}`));
  }
  const figures = replay.finish(start + 60 * minute);
  // They came within three seconds: ten go on at once and ten after each minute and a second, and then the rest has waited for three.
  expect(Object.fromEntries(figures.ways.filter(([node]) => node === "slow").map(([, way, n]) => [way, n]))).toEqual({
    next: 30,
    timeout: 30,
  });
  const passed = replay.kept.flatMap(({ person: { history }, path }) =>
    (path ?? []).flatMap(({ nodeId, handle, at }) =>
      nodeId === "slow" && handle === "next" ? [{ id: history.id, at }] : [],
    ),
  );
  expect(passed.toSorted((a, b) => a.at - b.at).map(({ id }) => id)).toEqual(
    Array.from({ length: 30 }, (_, nth) => `p${nth}`),
  );
  for (const { at } of passed)
    expect(passed.filter((one) => one.at > at - minute && one.at <= at).length).toBeLessThanOrEqual(10);
});

const run = { id: "run", type: "run-flow", data: { flow: "0190e2a4-0000-7000-8000-000000000001" } };
const ways = ["done", "exited", "not-started"];
const echoOf = (runs: Echo["runs"]): PersonHistory["echoes"] =>
  new Map([["e1", { sends: [], webhooks: [], handOffs: [], runs }]]);

test.each<[string, PersonHistory["echoes"], string, number]>([
  [
    "as it really did",
    echoOf([{ nodeId: "run", afterMs: 5 * minute, outcome: "exited", reason: "exit" }]),
    "exited",
    5 * minute,
  ],
  [
    "not at all, as it really was",
    echoOf([{ nodeId: "run", afterMs: 0, outcome: "not-started", reason: "paused" }]),
    "not-started",
    0,
  ],
  ["as done after a second, where it never ran", new Map(), "done", 1_000],
])("another flow that a step runs comes out %s", (_, echoes, way, afterMs) => {
  const replay = replayOf(graphOf(trigger, run, ways));
  replay.hear("p1", event("e1", start), start, () => person("p1", echoes));
  expect(replay.finish(start + 60 * minute)).toMatchObject({ entered: 1, runs: 1 });
  const left = replay.kept[0]?.path?.find(({ nodeId, kind }) => nodeId === "run" && kind === "left");
  expect(left).toMatchObject({ handle: way, at: start + afterMs });
});

test("who was brought by a step of another flow comes in again, and an event about another flow is none of its own", () => {
  const rest = { id: "rest", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "hours" } } };
  const replay = replayOf(graphOf({ id: "start", type: "trigger-flow", data: {} }, rest, ["next"]));
  for (const [nth, named] of [flowId, "another"].entries()) {
    const ran = event(`e${nth}`, start + nth, "flow.run", { flowId: named });
    replay.hear(`p${nth}`, ran, start + nth, () => person(`p${nth}`));
  }
  expect(replay.finish(start + 120 * minute)).toMatchObject({ entered: 1, refused: {} });
});
