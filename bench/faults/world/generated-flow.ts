import fc from "fast-check";
import { Graph, type GraphNode, type Purpose, purposes } from "#flow/graph.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { validate } from "#flow/validate.ts";
import { type Random, randomOf } from "../random.ts";
import { drawnSteps, type Room, type Tree } from "./drawn-step.ts";
import { type KnownFlow, placeOf } from "./known-flow.ts";

/** So many are opened by events of the load. */
const byEvents = 3;
/** Side ways, and flows that nothing has to stand in, go so deep. */
const shallow = 2;

const leaves = ["exit", "goal", "hand-off"];
const inner = Object.keys(drawnSteps).filter((type) => !leaves.includes(type));

/** How a flow starts, and whether what starts it names an event of the load. */
type Opening = { name: string; event: string | null; start: GraphNode; hasRef: boolean; place?: string };

/**
 * Flows that nobody has thought of, valid and the same for the same seed: three that events open, in which every type of step stands at
 * least once; one that only their steps run; and one each that begins when people come into a segment, for a segment at once, and
 * by a word that people write. What each message must be is not foretold, all else holds.
 */
export function generatedFlows(seed: number): KnownFlow[] {
  const random = randomOf("flows", seed);
  const opened = Array.from({ length: byEvents }, (_, index) => purposeAt(seed + index));
  const dealt = deal(opened, random);
  const ends = shuffled(leaves, random);
  const byEvent = opened.map((purpose, index) => {
    const types = [...(dealt[index] ?? []), ends[index % ends.length] ?? "exit"];
    return flowOf(openedBy.event(`made-up.${index}`), { purpose, seed: seed * 100 + index }, spine(types));
  });
  const others = [openedBy.step, openedBy.segment(random), openedBy.schedule, openedBy.message].map((opening, index) =>
    flowOf(opening, { purpose: purposeAt(seed + byEvents + index), seed: seed * 100 + 50 + index }, (room) =>
      treeOf(opening === openedBy.step ? { ...room, isPartner: true } : room, shallow),
    ),
  );
  return [...byEvent, ...others];
}

const purposeAt = (index: number): Purpose => purposes[index % purposes.length] ?? "service";

const openedBy = {
  event: (event: string): Opening => ({
    ...{ name: event, event, hasRef: true },
    start: step("start", "trigger-event", [0, 0], { event, rule: { all: [] } }),
  }),
  step: {
    ...{ name: "made-up.partner", place: placeOf.partner, event: null, hasRef: true },
    start: step("start", "trigger-flow", [0, 0], {}),
  },
  segment: (random: Random): Opening => ({
    ...{ name: "made-up.segment", event: null, hasRef: false },
    start: step("start", "trigger-segment", [0, 0], {
      segment: placeOf.noted,
      on: random.pick(["entered", "entered", "left"]),
    }),
  }),
  schedule: {
    ...{ name: "made-up.schedule", event: null, hasRef: false },
    start: step("start", "trigger-schedule", [0, 0], { segment: placeOf.rich, schedule: { mode: "now" } }),
  },
  message: {
    ...{ name: "made-up.message", event: null, hasRef: false },
    start: step("start", "trigger-message", [0, 0], { keywords: ["balance"] }),
  },
};

/** Gives each type of step to one of the flows that it may stand in. */
function deal(flows: readonly Purpose[], random: Random): string[][] {
  const dealt: string[][] = flows.map(() => []);
  for (const type of shuffled(inner, random)) {
    const able = dealt.filter((_, index) => fits(type, { purpose: flows[index] ?? "service" }));
    const [least] = able.toSorted((left, right) => left.length - right.length);
    if (!least) throw new Error(`No flow of this seed may have a step of type ${type}.`);
    least.push(type);
  }
  return dealt;
}

const shuffled = <T>(items: readonly T[], random: Random): T[] =>
  items
    .map((item) => ({ item, at: random.next() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);

const fits = (type: string, room: Pick<Room, "purpose">): boolean => drawnSteps[type]?.fits?.(room) ?? true;

type Place = Pick<Room, "purpose" | "hasRef"> & { isPartner?: boolean };

function drawStep(type: string, place: Place, next: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  const drawn = drawnSteps[type];
  if (!drawn) throw new Error(`No step of type ${type} can be drawn.`);
  return drawn.draw({ ...place, next, side: treeOf(place, 1) });
}

/** Steps of these types, one below the other, with something drawn on every other way. */
const spine =
  (types: readonly string[]) =>
  (place: Place): fc.Arbitrary<Tree> => {
    const [type = "exit", ...rest] = types;
    return drawStep(type, place, rest.length === 0 ? endOf(place) : spine(rest)(place));
  };

const endOf = (place: Place): fc.Arbitrary<Tree> => treeOf(place, 0);

/** Whatever steps there are, so deep: what is drawn can be published. */
function treeOf(place: Place, depth: number): fc.Arbitrary<Tree> {
  const types = depth === 0 ? leaves : inner;
  // A flow that steps run runs no other: it would come back to itself.
  const able = types.filter((type) => fits(type, place) && !(place.isPartner && type === "run-flow"));
  const below = depth === 0 ? fc.constant<Tree>({ type: "exit", data: {}, arms: [] }) : treeOf(place, depth - 1);
  const draws = able.map((type) =>
    (drawnSteps[type] ?? drawnSteps.exit)?.draw({ ...place, next: below, side: depth > 1 ? treeOf(place, 0) : below }),
  );
  return fc.oneof(...draws.filter((draw) => draw !== undefined));
}

function flowOf(
  { name, event, start, hasRef, place }: Opening,
  { purpose, seed }: { purpose: Purpose; seed: number },
  draw: (place: Place) => fc.Arbitrary<Tree>,
): KnownFlow {
  const [tree] = fc.sample(draw({ purpose, hasRef }), { seed, numRuns: 1 });
  if (!tree) throw new Error("Nothing was drawn.");
  const nodes: GraphNode[] = [start];
  const edges: (readonly [string, string, string])[] = [];
  const add = ({ type, data, arms, isLoop }: Tree, loop: string | null): string => {
    const id = `n${nodes.length}`;
    nodes.push(step(id, type, [0, 0], type === "go-to" ? { nodeId: loop } : data));
    for (const { handle, to } of arms) edges.push([id, handle, add(to, isLoop ? id : loop)]);
    return id;
  };
  edges.push([start.id, "next", add(tree, null)]);
  const settings = { purpose, reEntry: { mode: "every-event" as const }, enrollmentKey: hasRef ? "event.ref" : null };
  const graph = Graph.parse(drawGraph(settings, nodes, edges));
  return { name, event, purpose, graph, firstTemplate: null, ...(place && { place }) };
}

/** What keeps it from being published, as the editor would say: nothing. */
export function faultsOf(
  { name, graph, templates = [] }: KnownFlow,
  known: readonly NonNullable<KnownFlow["templates"]>[number][],
): string[] {
  const { partner, noted, rich } = placeOf;
  const catalog = {
    templates: [...known, ...templates],
    segments: [noted, rich].map((id) => ({ id, name: id })),
    flows: [{ id: partner, name: "Partner", isRunning: true, opensWindow: false, reaches: [partner] }],
  };
  const typeOf = (nodeId: string | null) => graph.nodes.find(({ id }) => id === nodeId)?.type ?? "flow";
  return validate(graph, catalog)
    .filter(({ severity }) => severity === "error")
    .map(({ nodeId, rule }) => `${name}, ${typeOf(nodeId)}: ${rule}`);
}
