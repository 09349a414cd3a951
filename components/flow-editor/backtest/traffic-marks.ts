import type { Graph } from "#flow/graph.ts";
import type { RunMarks } from "../editor-state/editor-store.ts";

type Figures = {
  entered: number;
  steps: Readonly<Record<string, { entered: number; waiting: number }>>;
  ways: readonly (readonly [nodeId: string, handle: string, times: number])[];
};

/** What a backtest shows on the canvas: how many came to each step, and each way as wide as its share of those who entered. */
export function trafficMarks(
  { entered, steps, ways }: Figures,
  graph: Graph,
  number: (count: number) => string,
): RunMarks {
  const times = new Map(ways.map(([nodeId, handle, count]) => [`${nodeId} ${handle}`, count]));
  const taken = graph.edges.flatMap(({ id, source, sourceHandle }) => {
    const count = times.get(`${source} ${sourceHandle}`) ?? 0;
    return count > 0 ? [[id, count] as const] : [];
  });
  const came = Object.entries(steps).filter(([, step]) => step.entered > 0);
  return {
    stamps: new Map(came.map(([nodeId, step]) => [nodeId, { text: number(step.entered), tone: "count" }])),
    edges: new Set(taken.map(([id]) => id)),
    traffic: new Map(taken.map(([id, count]) => [id, { share: count / Math.max(1, entered), text: number(count) }])),
    current: null,
  };
}
