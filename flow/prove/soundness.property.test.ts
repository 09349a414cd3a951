import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { enroll } from "../advance.ts";
import type { Graph } from "../graph.ts";
import { type Analysis, analyze, analyzeWays } from "./analyze.ts";
import { brokenPromises } from "./broken-promises.case.ts";
import { answering, nights } from "./nights.case.ts";
import { prove } from "./prove.ts";
import { catalog, graphs, type Life, live, lives } from "./random-flows.case.ts";
import { readSteps } from "./steps.ts";
import { collectWays, type Way } from "./ways.ts";

/** PROVE_RUNS=50000 looks further, at other flows each time. */
const { PROVE_RUNS } = process.env;
const seed = PROVE_RUNS ? {} : { seed: 7 };

const inTheNight = { graphs: answering, lives: nights };

/** Looks for a run that breaks a promise; `runs` flows with one life each. */
const search = (look: (graph: Graph) => Analysis, runs: number, drawn = { graphs, lives }) =>
  fc.check(
    fc.property(drawn.graphs, drawn.lives, (graph: Graph, life: Life) => {
      expect(brokenPromises(look(graph), live(graph, life))).toEqual([]);
    }),
    { ...seed, numRuns: runs, endOnFailure: true },
  );

test("no run does what was proven to be impossible", { timeout: 600_000 }, () => {
  for (const drawn of [{ graphs, lives }, inTheNight]) {
    const { failed, counterexample, errorInstance } = search(
      (graph) => analyze(graph, catalog),
      Number(PROVE_RUNS ?? 1_500),
      drawn,
    );
    if (failed) throw new Error(`${JSON.stringify(counterexample)}\n${errorInstance}`);
  }
});

test("without a finding about endless loops nobody visits a step twice at one moment", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(graphs, lives, (graph, { contact, opening }) => {
      if (prove(graph, catalog).problems.some(({ rule }) => rule === "cycle-without-wait")) return;
      const [before] = live(graph, { contact, opening, moves: [], answer: { ok: true, answer: 1 } });
      if (!before) return;
      const event = { id: "e", name: "begin", properties: { ...opening }, at: before.now };
      const { flow, now, workspaceTimezone } = before;
      const { enrollment } = enroll({ flow, event, contact, key: null, now, workspaceTimezone });
      expect(Math.max(...Object.values(enrollment.visitsByNode))).toBe(1);
    }),
    { ...seed, numRuns: 1_000 },
  );
});

/** A prover that sees the ways wrong. */
const seeing = (wrong: (way: Way) => Way | []) => (graph: Graph) => {
  const steps = readSteps(graph);
  return analyzeWays({ graph, catalog, steps }, collectWays(graph, steps, catalog).flatMap(wrong));
};
const saying = (wrong: (right: Analysis) => Partial<Analysis>) => (graph: Graph) => {
  const right = analyze(graph, catalog);
  return { ...right, ...wrong(right) };
};

describe("a fault in the prover is found out:", () => {
  test.each<[string, (graph: Graph) => Analysis]>([
    ["it forgets that a tap may come late", seeing((way) => ({ ...way, isLate: false, stay: { least: 0, most: 0 } }))],
    [
      "it believes that everybody has just written",
      saying(({ timing }) => ({ timing: { ...timing, sinceWord: () => 0 } })),
    ],
    [
      "it takes the longest wait for the shortest",
      seeing((way) => ({ ...way, stay: { least: way.stay.most, most: way.stay.most } })),
    ],
    ["it forgets the way by which a message fails", seeing((way) => (way.handle === "failed" ? [] : way))],
    [
      "it forgets one message of a day",
      saying(({ messages }) => ({
        messages: { ...messages, perDay: { ...messages.perDay, count: messages.perDay.count - 1 } },
      })),
    ],
    [
      "it forgets what one message costs",
      saying(({ cost }) => ({ cost: cost && { ...cost, inAllMicros: cost.inAllMicros - 1 } })),
    ],
    [
      "it takes the last branch for one that nobody takes",
      saying(({ known }) => ({
        known: {
          ...known,
          leavingBy: (nodeId, handle) => (handle === "else" ? null : known.leavingBy(nodeId, handle)),
        },
      })),
    ],
    [
      "it believes that a value stays what it was at the start",
      saying(({ known }) => ({
        known: { ...known, at: (nodeId) => known.at(nodeId) && known.at("n0") },
      })),
    ],
  ])("%s", { timeout: 600_000 }, (_, look) => {
    expect(search(look, 20_000).failed).toBe(true);
  });

  test("it believes that a message leaves at once, whatever the hour", { timeout: 600_000 }, () => {
    const look = (graph: Graph) => analyze(graph, { ...catalog, quietMs: 0 });
    expect(search(look, 20_000, inTheNight).failed).toBe(true);
  });
});
