import type { GraphNode } from "#flow/graph.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { validate } from "#flow/validate.ts";
import { defineFault } from "../contract.ts";
import type { KnownFlow } from "../world/known-flow.ts";

type Broken = { name: string; finding: string; nodes: GraphNode[]; edges: [string, string, string][] };

const note = (id: string) =>
  step(id, "update-contact", [0, 0], { changes: [{ op: "increment", attribute: "broken", by: 1 }] });
const start = (id = "start") => step(id, "trigger-event", [0, 0], { event: "", rule: { all: [] } });
const circle = (count: number): Pick<Broken, "nodes" | "edges"> => ({
  nodes: [start(), ...Array.from({ length: count }, (_, index) => note(`n${index}`))],
  edges: [
    ["start", "next", "n0"],
    ...Array.from({ length: count }, (_, index): [string, string, string] => [
      `n${index}`,
      "next",
      `n${(index + 1) % count}`,
    ]),
  ],
});
const shares = [60, 60].map((weight, index) => ({ id: "ab"[index], name: "x", weight }));

/** Graphs that publishing refuses, forced into the database all the same. */
const broken: Broken[] = [
  { name: "endless", finding: "cycle-without-wait", ...circle(2) },
  { name: "long-endless", finding: "cycle-without-wait", ...circle(400) },
  { name: "too-large", finding: "too-many-nodes", ...circle(501) },
  { name: "self-loop", finding: "self-loop", ...circle(1) },
  {
    name: "two-edges",
    finding: "two-edges-on-one-handle",
    nodes: [start(), note("a"), note("b")],
    edges: [
      ["start", "next", "a"],
      ["start", "next", "b"],
    ],
  },
  {
    name: "unreachable",
    finding: "unreachable-step",
    nodes: [start(), note("a"), note("b")],
    edges: [["start", "next", "a"]],
  },
  {
    name: "no-handle",
    finding: "unknown-handle",
    nodes: [start(), note("a")],
    edges: [
      ["start", "next", "a"],
      ["a", "gone", "a"],
    ],
  },
  {
    name: "no-template",
    finding: "unknown-template",
    nodes: [start(), step("a", "send", [0, 0], { template: "transaction_nobody_has", values: {} })],
    edges: [["start", "next", "a"]],
  },
  {
    name: "two-triggers",
    finding: "two-triggers",
    nodes: [start(), start("again"), note("a")],
    edges: [["start", "next", "a"]],
  },
  {
    name: "shares",
    finding: "weights-add-up",
    nodes: [start(), step("a", "split", [0, 0], { experimentId: "x", arms: shares })],
    edges: [["start", "next", "a"]],
  },
  {
    name: "unknown-step",
    finding: "unknown-node-type",
    nodes: [start(), step("a", "teleport", [0, 0], {})],
    edges: [["start", "next", "a"]],
  },
];

const flows: KnownFlow[] = broken.map(({ name, nodes, edges }) => {
  const event = `broken.${name}`;
  const named = nodes.map((node) =>
    node.type === "trigger-event" ? { ...node, data: { ...node.data, event } } : node,
  );
  const graph = drawGraph({ purpose: "transaction", reEntry: { mode: "every-event" } }, named, edges);
  return { name, event, purpose: "transaction", firstTemplate: null, graph };
});

/** What publishing would have refused, run by force: each enrollment ends, soon, and says why; the others feel nothing. */
export const brokenGraphs = defineFault({
  id: "F33",
  title: "eleven broken graphs forced into the database",
  flows,
  allows: { ends: ["limit", "broken-step"], skipped: ["unknown-template"] },
  inject: async ({ load, note: tell }) => {
    await load.untilAccepted(Math.floor(load.events.length * 0.7));
    tell("graphs", broken.length);
  },
  expect: async ({ stack, world }, facts) => {
    const published = broken.filter(({ finding }, index) => {
      const graph = flows[index]?.graph;
      const found = graph && validate(graph, { templates: [] }).find(({ rule }) => rule === finding);
      return found?.severity !== "error" || (found.nodeId === null && finding !== "too-many-nodes");
    });
    const ids = new Set(world.flows.filter(({ event }) => event?.startsWith("broken.")).map(({ id }) => id));
    const inside = facts.enrollments.filter(({ flowId, status }) => ids.has(flowId) && status !== "ended").length;
    const longest = await stack.count("select coalesce(max((state->>'visit')::integer), 0) as n from enrollment");
    return [
      ...published.map(({ name }) => `${name} could have been published, or nobody is told which step is wrong`),
      ...(inside > 0 ? [`${inside} enrollments of broken graphs never ended`] : []),
      ...(longest > 1_000 ? [`an enrollment took ${longest} steps`] : []),
    ];
  },
});
