import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import { enroll } from "../advance.ts";
import { armFor, bucket } from "../bucket.ts";
import { compile } from "../compile.ts";
import type { Standing } from "../experiment.ts";
import { emptyGraph, type Graph } from "../graph.ts";

const arms = (...weights: number[]) => weights.map((weight, index) => ({ id: "abcdefgh"[index] ?? "", weight }));
const armOf = (experiment: string, id: string, weights: number[]) =>
  armFor(bucket(experiment, id), arms(...weights))?.id ?? "";

/** Ids as the product makes them: a time that hardly moves, then random bytes (from a counter, so that the test is the same each time). */
function ids(count: number): string[] {
  let seed = 42;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed >>> 24;
  };
  return Array.from({ length: count }, (_, index) =>
    v7({
      msecs: 1_795_860_000_000 + Math.floor(index / 50),
      random: Uint8Array.from({ length: 16 }, next),
      seq: index,
    }),
  );
}

// The largest chi-square that chance gives once in a thousand, by degrees of freedom.
const limit: Record<number, number> = { 1: 10.83, 2: 13.82, 3: 16.27, 4: 18.47, 7: 24.32 };

function chiSquare(chosen: string[], weights: number[]): number {
  const counts = Map.groupBy(chosen, (arm) => arm);
  return arms(...weights).reduce((sum, { id, weight }) => {
    const expected = (chosen.length * weight) / 100;
    return sum + ((counts.get(id)?.length ?? 0) - expected) ** 2 / expected;
  }, 0);
}

describe("sample ratio", () => {
  const people = ids(100_000);
  test.each([
    ["loan-offer", [50, 50]],
    ["kyc", [10, 90]],
    ["fraud-wording", [1, 99]],
    ["three", [33, 33, 34]],
    ["four", [25, 25, 25, 25]],
    ["uneven", [5, 15, 20, 25, 35]],
    ["eight", [13, 13, 13, 13, 12, 12, 12, 12]],
  ])("of 100,000 people %s gives each arm its share: %j", (experiment, weights) => {
    const chosen = people.map((id) => armOf(experiment, id, weights));
    expect(chiSquare(chosen, weights)).toBeLessThan(limit[weights.length - 1] ?? 0);
  });

  test("the check finds a split that is off by one in a hundred", () => {
    const chosen = people.map((id) => armOf("loan-offer", id, [51, 49]));
    expect(chiSquare(chosen, [50, 50])).toBeGreaterThan(limit[1] ?? 0);
  });

  test("arms of two experiments are independent: within one's arm the other splits as everywhere", () => {
    const inside = people.filter((id) => armOf("loan-offer", id, [50, 50]) === "a");
    const chosen = inside.map((id) => armOf("kyc", id, [10, 90]));
    expect(chiSquare(chosen, [10, 90])).toBeLessThan(limit[1] ?? 0);
  });
});

describe("weights that are changed while the experiment runs", () => {
  const people = ids(20_000);
  const moved = (before: number[], after: number[]) =>
    people.filter((id) => armOf("x", id, before) !== armOf("x", id, after));

  test("a first arm that grows keeps everybody who is in it", () =>
    expect(moved([10, 90], [50, 50]).every((id) => armOf("x", id, [50, 50]) === "a")).toBe(true));

  test.each([
    [[50, 50], [60, 40], 10],
    [[10, 90], [11, 89], 1],
    [[30, 30, 40], [30, 40, 30], 10],
  ])("from %j to %j moves only as many as the line between the arms moves", (before, after, percent) => {
    // Four standard deviations of 20,000 draws.
    expect(Math.abs(moved(before, after).length / people.length - percent / 100)).toBeLessThan(0.0085);
  });

  test("back to the old weights is back to the old arms", () => expect(moved([50, 50], [50, 50])).toEqual([]));
});

describe("how the experiment stands", () => {
  const at = { x: 0, y: 0 };
  const graph: Graph = {
    ...emptyGraph(),
    nodes: [
      { id: "start", type: "trigger-event", position: at, data: { event: "go", rule: { all: [] } } },
      {
        id: "split",
        type: "split",
        position: at,
        data: { experimentId: "x", arms: ["a", "b"].map((id) => ({ id, name: id, weight: 50 })) },
      },
    ],
    edges: [{ id: "e", source: "start", sourceHandle: "next", target: "split" }],
  };
  const enter = (id: string, standing: Standing | null) =>
    enroll({
      flow: compile(graph),
      contact: { id, firstName: null, locale: null, timezone: null, attributes: {}, tags: [] },
      now: 1_000,
      workspaceTimezone: "UTC",
      ...(standing && { experiments: new Map([["x", standing]]) }),
      event: { id: "1", name: "go", properties: {}, at: 1_000 },
      key: null,
    });
  const taken = (id: string, standing: Standing | null) =>
    enter(id, standing).trace.find(({ kind, nodeId }) => kind === "left" && nodeId === "split")?.handle;
  const people = ids(200);

  test("whoever has an arm keeps it, whatever the hash and the weights say", () => {
    for (const arm of ["a", "b"])
      expect(new Set(people.map((id) => taken(id, { arm, weights: { a: 1, b: 99 } })))).toEqual(new Set([arm]));
  });

  test("an arm that is gone draws anew, as for somebody new", () => {
    expect(people.map((id) => taken(id, { arm: "c", weights: null }))).toEqual(people.map((id) => taken(id, null)));
  });

  test("a bandit's weights take the place of those that are drawn", () => {
    const inA = people.filter((id) => taken(id, { arm: null, weights: { a: 90, b: 10 } }) === "a").length;
    expect(inA).toBeGreaterThan(160);
    expect(people.every((id) => taken(id, { arm: null, weights: { a: 0, b: 100 } }) === "b")).toBe(true);
  });

  test("the host is told of the arm", () => {
    const { effects } = enter("one", { arm: "b", weights: null });
    expect(effects).toEqual([{ kind: "assign", visit: 2, nodeId: "split", experiment: "x", arm: "b" }]);
  });
});
