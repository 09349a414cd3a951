import fc from "fast-check";
import { FlowSettings, type Graph } from "../graph.ts";
import { answers, free, type Life, openings, people } from "./random-flows.case.ts";

/** Flows and lives in which the hours of a night decide: random ones hardly ever come to that. */

const hours = (least: number, most: number) => fc.integer({ min: least, max: most });

/** An answer, a rest, and words that may only be said within a day of the answer: what a night in between does to them. */
export const answering: fc.Arbitrary<Graph> = fc
  .record({
    rests: fc.array(
      hours(1, 23).map((amount) => ({ amount, unit: "hours" })),
      { minLength: 1, maxLength: 2 },
    ),
    said: free,
  })
  .map(({ rests, said }) => {
    const steps = [
      {
        type: "send",
        data: { template: "cheap", values: { a: { from: "text", text: "you" } } },
        handle: "button:help",
      },
      ...rests.map((rest) => ({ type: "wait", data: { mode: "duration", duration: rest }, handle: "next" })),
      { type: said.type, data: said.data, handle: "next" },
    ];
    return {
      schemaVersion: 1,
      nodes: [
        { id: "t", type: "trigger-event", data: { event: "begin", rule: { all: [] } }, position: { x: 0, y: 0 } },
        ...steps.map(({ type, data }, index) => ({ id: `n${index}`, type, data, position: { x: 0, y: 0 } })),
      ],
      edges: [
        { id: "t.next", source: "t", sourceHandle: "next", target: "n0" },
        ...steps.slice(1).map((_, index) => ({
          id: `n${index}`,
          source: `n${index}`,
          sourceHandle: steps[index]?.handle ?? "next",
          target: `n${index + 1}`,
        })),
      ],
      settings: FlowSettings.parse({ purpose: "marketing", reEntry: { mode: "never" } }),
    };
  });

/** Somebody answers at some hour, and lets the time pass. */
export const nights: fc.Arbitrary<Life> = fc.record({
  contact: people,
  opening: openings,
  answer: answers,
  moves: hours(0, 30).map((hour): Life["moves"] => [
    { kind: "advance", milliseconds: hour * 3_600_000 },
    { kind: "tap-any", which: 0 },
    ...Array.from({ length: 5 }, () => ({ kind: "skip" as const })),
  ]),
});
