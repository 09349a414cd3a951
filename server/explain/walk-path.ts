import type { trace } from "#db/schema/index.ts";
import type { CompiledFlow } from "#flow/compile.ts";
import type { Handle } from "#flow/define-node.ts";
import type { Graph } from "#flow/graph.ts";
import type { PathStep, StepName } from "./explanation.ts";

export type TraceLine = Pick<
  typeof trace.$inferSelect,
  "versionId" | "visit" | "nodeId" | "kind" | "handle" | "at" | "detail"
>;

/** The version a person is on: as drawn, and ready to run (null: it cannot be read). */
export type Drawn = { graph: Graph; flow: CompiledFlow | null };

/**
 * The way through the flow, visit by visit, and the steps that were never reached, in the order of the graph. `trace` is in the order
 * of the path. A visit begins with its first row, since the engine stores no row for entering. `versionOf` knows the versions of earlier
 * rows: whoever was moved to another one came by steps that it may not have.
 */
export function walkPath(
  drawn: Drawn,
  trace: readonly TraceLine[],
  versionOf: (versionId: string) => { drawn: Drawn; number: number | null } = () => ({ drawn, number: null }),
): { path: PathStep[]; neverReached: StepName[] } {
  const path = [...Map.groupBy(trace, (row) => row.visit).values()].flatMap((rows) => stepOf(rows, versionOf));
  const reached = new Set(path.map((step) => step.nodeId));
  const neverReached = drawn.graph.nodes.filter((node) => !reached.has(node.id)).map((node) => nameOf(drawn, node.id));
  return { path, neverReached };
}

function stepOf(rows: readonly TraceLine[], versionOf: Versions): PathStep[] {
  const [first] = rows;
  if (!first) return [];
  const left = rows.find((row) => row.kind === "left");
  const ended = rows.find((row) => row.kind === "ended");
  const waiting = rows.find((row) => row.kind === "waiting");
  // A tap on an older message leads away from that message's step; the person stood on this one.
  const own = rows.find((row) => row.detail.recalled === undefined) ?? first;
  const moved = rows.findLast((row) => row.kind === "moved");
  const until = (moved ?? waiting)?.detail.until;
  const { drawn } = versionOf(own.versionId);
  // Who went on at another step left this one by it.
  const movedAway = moved && moved.nodeId !== own.nodeId ? moved : undefined;
  return [
    {
      ...nameOf(drawn, own.nodeId),
      visit: first.visit,
      enteredAt: first.at,
      leftAt: (left ?? ended ?? movedAway)?.at ?? null,
      outcome: left || movedAway ? "left" : ended ? "ended" : "waiting",
      handle: left?.handle ? handleOf(versionOf(left.versionId).drawn, left.nodeId, left.handle) : null,
      recalledFrom: left && left.nodeId !== own.nodeId ? nameOf(drawn, left.nodeId) : null,
      movedTo: moved ? versionOf(moved.versionId).number : null,
      waitsUntil: typeof until === "number" ? new Date(until) : null,
      detail: { ...own.detail, ...ended?.detail, ...left?.detail },
    },
  ];
}

type Versions = (versionId: string) => { drawn: Drawn; number: number | null };

/** How a step is called: by its own title, else by its type. */
export function nameOf({ graph }: Pick<Drawn, "graph">, nodeId: string): StepName {
  const node = graph.nodes.find((each) => each.id === nodeId);
  return { nodeId, type: node?.type ?? "", title: node?.title ?? null };
}

/** A handle with its words where the step knows them; a button's are in the message that was sent. */
function handleOf({ flow }: Drawn, nodeId: string, id: string): PathStep["handle"] {
  const compiled = flow?.nodes.get(nodeId);
  const handles: Handle[] = compiled?.node ? compiled.node.handles(compiled.config, { templates: [] }) : [];
  const { text, label } = handles.find((handle) => handle.id === id) ?? {};
  return { id, text: text ?? null, label: label ? { key: label[0], values: label[1] ?? {} } : null };
}
