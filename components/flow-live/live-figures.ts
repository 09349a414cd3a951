import type { Graph, GraphEdge } from "#flow/graph.ts";

/** The server's counts of one step (server/flows/live/read-live.ts). */
export type StepCount = { nodeId: string; kind: string; handle: string; n: number };
export type StepTrouble = { nodeId: string; status: "failed" | "skipped" | "unknown"; reason: string; n: number };

export type StepFigures = {
  /** Who stands here now. */
  waiting: number;
  /** Who went on along a drawn way: the sum of what its edges, and a "go to", carry. */
  passed: number;
  /** Whose way through the flow ended here. */
  left: number;
  /** Who came to stand here from an older version, and who went from here to a newer one. */
  movedIn: number;
  movedOut: number;
  /** Who stood here when a tap on an earlier message led them on. */
  drawn: number;
  ends: { reason: string; n: number }[];
  /** People by way out, connected or not. */
  ways: ReadonlyMap<string, number>;
  troubles: StepTrouble[];
};

export type LiveFigures = {
  steps: ReadonlyMap<string, StepFigures>;
  /** People by edge id. */
  edges: ReadonlyMap<string, number>;
  /** Who entered: what an edge's width is a share of. */
  entered: number;
};

/** Puts the counts onto a graph. Steps of older versions that the graph does not have are left out. */
export function liveFigures(
  graph: Graph,
  { counts, troubles }: { counts: readonly StepCount[]; troubles: readonly StepTrouble[] },
  triggerIds: ReadonlySet<string>,
): LiveFigures {
  const byNode = Map.groupBy(counts, (count) => count.nodeId);
  const troublesOf = Map.groupBy(troubles, (trouble) => trouble.nodeId);
  const edgesOf = Map.groupBy(graph.edges, (edge) => edge.source);
  const steps = new Map(
    graph.nodes.map(({ id }) => {
      const mine = byNode.get(id) ?? [];
      return [id, figuresOf(mine, edgesOf.get(id) ?? [], troublesOf.get(id) ?? [])] as const;
    }),
  );
  const edges = new Map(graph.edges.map((edge) => [edge.id, steps.get(edge.source)?.ways.get(edge.sourceHandle) ?? 0]));
  const entered = [...triggerIds].reduce((sum, id) => sum + sumOf(byNode.get(id) ?? [], "left"), 0);
  return { steps, edges, entered };
}

function figuresOf(counts: readonly StepCount[], edges: readonly GraphEdge[], troubles: StepTrouble[]): StepFigures {
  const ways = new Map<string, number>();
  for (const { kind, handle, n } of counts) if (kind === "left") ways.set(handle, (ways.get(handle) ?? 0) + n);
  // A "go to" has no edge and no name of its way out.
  const drawn = new Set([...edges.map((edge) => edge.sourceHandle), ""]);
  return {
    waiting: sumOf(counts, "standing"),
    passed: [...ways].reduce((sum, [handle, n]) => sum + (drawn.has(handle) ? n : 0), 0),
    left: sumOf(counts, "ended"),
    movedIn: sumOf(counts, "moved"),
    movedOut: sumOf(counts, "moved-out"),
    drawn: sumOf(counts, "drawn"),
    ends: counts
      .filter((count) => count.kind === "ended")
      .map(({ handle, n }) => ({ reason: handle, n }))
      .toSorted((a, b) => b.n - a.n),
    ways,
    troubles: troubles.toSorted((a, b) => b.n - a.n),
  };
}

const sumOf = (counts: readonly StepCount[], kind: string): number =>
  counts.reduce((sum, count) => sum + (count.kind === kind ? count.n : 0), 0);

const widest = 22;
const thinnest = 2;

/** How wide an edge is drawn: its share of those who entered, never too thin to be seen. */
export const edgeWidth = (n: number, entered: number): number =>
  Math.max(thinnest, Math.min(widest, entered > 0 ? (n / entered) * widest : 0));

/** What is shown, as rows of a table: step, what, by which way or reason, people. */
export function figureRows(
  graph: Graph,
  { steps }: LiveFigures,
  titleOf: (node: Graph["nodes"][number]) => string,
): string[][] {
  return graph.nodes.flatMap((node) => {
    const figures = steps.get(node.id);
    if (!figures) return [];
    const title = titleOf(node);
    return [
      [title, "waiting", "", String(figures.waiting)],
      [title, "passed", "", String(figures.passed)],
      ...[...figures.ways].map(([way, n]) => [title, "way", way, String(n)]),
      [title, "left", "", String(figures.left)],
      ...figures.ends.map(({ reason, n }) => [title, "ended", reason, String(n)]),
      ...figures.troubles.map(({ status, reason, n }) => [title, status, reason, String(n)]),
    ];
  });
}

/** Comma-separated values (RFC 4180); what a spreadsheet would take for a formula gets a quote before it. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(cell).join(",")).join("\r\n");

function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
