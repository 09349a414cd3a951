import type { Graph } from "../graph.ts";
import type { Catalog, ChargedAs } from "../template.ts";
import { type Known, know } from "./know.ts";
import { boundCost, boundMessages, type MessageBound } from "./messages.ts";
import { readable, readSteps, type Steps } from "./steps.ts";
import { type Timing, timeWays } from "./timing.ts";
import { collectWays, type Way, type Ways, waysAmong } from "./ways.ts";

/** What a flow costs one person at most by itself, and what each of their own acts may add, where a message costs most. */
export type CostBound = { inAllMicros: number; afterActMicros: number; currency: string; market: string };

/**
 * What is known of a flow for certain, as far as docs/proof.md says: whatever the graph, the person and the events, no run of the
 * interpreter goes beyond it.
 */
export type Analysis = {
  graph: Graph;
  catalog: Catalog;
  steps: Steps;
  /** All that is drawn. */
  drawn: Ways;
  /** Of it, what somebody may come along. */
  open: Ways;
  known: Known;
  timing: Timing;
  messages: MessageBound;
  /** Null where a price is not known for any market. */
  cost: CostBound | null;
};

export function analyze(graph: Graph, catalog: Catalog): Analysis {
  const steps = readSteps(graph);
  return analyzeWays({ graph, catalog, steps }, collectWays(graph, steps, catalog));
}

/** The same over ways that are given: a test hands in wrong ones, to see whether it would find out. */
export function analyzeWays(
  { graph, catalog, steps }: Pick<Analysis, "graph" | "catalog" | "steps">,
  all: readonly Way[],
): Analysis {
  const drawn = waysAmong(all, steps);
  const known = know(steps, drawn, catalog);
  const open = waysAmong(
    drawn.all.filter((way) => known.arriving(way) !== null),
    steps,
  );
  return {
    graph,
    catalog,
    steps,
    drawn,
    open,
    known,
    timing: timeWays(steps, open),
    messages: boundMessages(steps, open),
    cost: dearestMarket(steps, open, catalog),
  };
}

function dearestMarket(steps: Steps, ways: Ways, catalog: Catalog): CostBound | null {
  const chargedAs = (nodeId: string): ChargedAs | null => {
    const step = readable(steps.get(nodeId));
    return step?.type.chargedAs?.(step.config, catalog) ?? null;
  };
  const markets = Map.groupBy(catalog.prices ?? [], ({ market, currency }) => `${market} ${currency}`);
  const bounds = [...markets.values()].flatMap((prices): CostBound[] => {
    const micros = new Map(prices.map(({ category, amountMicros }) => [category, amountMicros]));
    const [first] = prices;
    if (!first) return [];
    const { inAll, afterAct } = boundCost(steps, ways, (category) => micros.get(category) ?? 0, chargedAs);
    return [{ inAllMicros: inAll, afterActMicros: afterAct, currency: first.currency, market: first.market }];
  });
  return bounds.sort((a, b) => b.inAllMicros - a.inAllMicros)[0] ?? null;
}
