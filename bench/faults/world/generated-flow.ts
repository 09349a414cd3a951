import fc from "fast-check";
import { Graph, type GraphNode, type Purpose, purposes } from "#flow/graph.ts";
import { mayHoldOut } from "#flow/holdout.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { isRunnable, validate } from "#flow/validate.ts";
import { extraTemplate, type KnownFlow, sendStep } from "./known-flow.ts";

type Arm = { handle: string; to: Tree };
type Tree = { type: string; data: Record<string, unknown>; arms: Arm[] };

const deepest = 4;

const rule = fc.oneof(
  fc.record({
    path: fc.constant("contact.score"),
    op: fc.constantFrom("gt", "lt"),
    value: fc.integer({ min: 300, max: 900 }),
  }),
  fc.record({
    path: fc.constant("event.amount"),
    op: fc.constantFrom("gte", "lte"),
    value: fc.integer({ min: 100, max: 900_000 }),
  }),
  fc.constant({ path: "event.path", op: "eq", value: "send" }),
);

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.constant<Tree>({ type: "exit", data: { reason: "done" }, arms: [] }),
  fc.constant<Tree>({ type: "goal", data: { name: "done" }, arms: [] }),
  fc.constant<Tree>({ type: "hand-off", data: { queue: "Support", priority: "normal", note: "made up" }, arms: [] }),
);

/** Steps of every kind but the trigger, as a tree: whatever is drawn can be published. */
function treeOf(purpose: Purpose, depth: number): fc.Arbitrary<Tree> {
  if (depth === 0) return leaf;
  const below = treeOf(purpose, depth - 1);
  const chain = (type: string, data: Record<string, unknown>) =>
    below.map((to): Tree => ({ type, data, arms: [{ handle: "next", to }] }));
  const branches = fc.tuple(rule, below, below).map(
    ([test, yes, no]): Tree => ({
      type: "condition",
      data: { branches: [{ id: "yes", name: "Yes", rule: test }] },
      arms: [
        { handle: "yes", to: yes },
        { handle: "else", to: no },
      ],
    }),
  );
  const { data } = sendStep("any", extraTemplate(purpose));
  // Nobody is kept from an alert to measure what it brings: each half begins with one.
  const half = mayHoldOut(purpose) ? below : chain("send", data);
  const halves = fc.tuple(fc.integer({ min: 0, max: 100 }), half, half).map(
    ([weight, a, b]): Tree => ({
      type: "split",
      data: {
        experimentId: "made-up",
        arms: [
          { id: "a", name: "A", weight },
          { id: "b", name: "B", weight: 100 - weight },
        ],
      },
      arms: [
        { handle: "a", to: a },
        { handle: "b", to: b },
      ],
    }),
  );
  const outcome = fc.tuple(fc.constantFrom("delivered", "read"), below, below).map(
    ([status, met, late]): Tree => ({
      type: "wait-until",
      data: { sources: [{ kind: "status", id: "met", status }], timeout: { amount: 1, unit: "minutes" } },
      arms: [
        { handle: "met", to: met },
        { handle: "timeout", to: late },
      ],
    }),
  );
  return fc.oneof(
    chain("wait", { mode: "date", path: "event.wakeAt", offsetHours: 0 }),
    chain("update-contact", { changes: [{ op: "increment", attribute: "made_up", by: 1 }] }),
    chain("send", data),
    chain("send", data),
    branches,
    halves,
    outcome,
  );
}

/** Flows that nobody has thought of, valid and the same for the same seed. What each message must be is not foretold, all else holds. */
export function generatedFlows(seed: number, count: number): KnownFlow[] {
  return Array.from({ length: count }, (_, index) => {
    const purpose = purposes[(seed + index) % purposes.length] ?? "service";
    const [tree] = fc.sample(treeOf(purpose, deepest), { seed: seed * 100 + index, numRuns: 1 });
    if (!tree) throw new Error("Nothing was drawn.");
    return flowOf(`made-up.${index}`, purpose, tree);
  });
}

function flowOf(event: string, purpose: Purpose, tree: Tree): KnownFlow {
  const nodes: GraphNode[] = [step("start", "trigger-event", [0, 0], { event, rule: { all: [] } })];
  const edges: (readonly [string, string, string])[] = [];
  const add = ({ type, data, arms }: Tree): string => {
    const id = `n${nodes.length}`;
    nodes.push(step(id, type, [0, 0], data));
    for (const { handle, to } of arms) edges.push([id, handle, add(to)]);
    return id;
  };
  edges.push(["start", "next", add(tree)]);
  const graph = Graph.parse(
    drawGraph({ purpose, reEntry: { mode: "every-event" }, enrollmentKey: "event.ref" }, nodes, edges),
  );
  return { name: event, event, purpose, graph, firstTemplate: null };
}

/** What the editor would say about it: nothing that keeps it from being published. */
export const isPublishable = (
  { graph, templates = [] }: KnownFlow,
  known: readonly NonNullable<KnownFlow["templates"]>[number][],
): boolean => isRunnable(validate(graph, { templates: [...known, ...templates] }));
