"use client";

import { useMemo } from "react";
import { frameOf } from "#components/flow-canvas/frame-around.ts";
import { useSizes } from "#components/flow-canvas/use-sizes.ts";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import type { LiveFrame, LiveNote } from "./live-aids.tsx";
import type { LiveNode } from "./live-card.tsx";
import type { LiveFigures } from "./live-figures.ts";

/** The way of one person on this canvas: steps and edges they took, and where they stand. */
export type Walked = { steps: ReadonlySet<string>; edges: ReadonlySet<string>; here: string | null };

export type DrawnNode = LiveNode | LiveNote | LiveFrame;

type Looks = {
  graph: Graph;
  catalog: Catalog;
  figures: LiveFigures;
  chosen: string | null;
  walked: Walked | null;
};

/** What React Flow draws of a running flow: frames below, steps with their figures, notes above. */
export function useLiveNodes({ graph, catalog, figures, chosen, walked }: Looks) {
  const { sizes, onNodesChange } = useSizes<DrawnNode>();
  const frames = useMemo(() => {
    const placed = graph.nodes.map(({ id, position }) => ({ id, at: position }));
    return (graph.groups ?? []).flatMap((group): LiveFrame[] => {
      const place = frameOf(group, placed, sizes);
      return place
        ? [{ id: group.id, type: "frame", data: { group }, ...place, style: { pointerEvents: "none" } }]
        : [];
    });
  }, [graph, sizes]);
  const notes = useMemo(
    () =>
      (graph.notes ?? []).map((note): LiveNote => {
        const { id, position } = note;
        return { id, type: "note", data: { note }, position, measured: sizes.get(id), zIndex: 1 };
      }),
    [graph, sizes],
  );
  const steps = useMemo(() => {
    const waysOf = Map.groupBy(graph.edges, ({ source }) => source);
    return graph.nodes.map((step, index): LiveNode => {
      const { id, position } = step;
      const data = {
        step,
        figures: figures.steps.get(id),
        catalog,
        ways: [...new Set(waysOf.get(id)?.map(({ sourceHandle }) => sourceHandle))],
        walked: walkedStep(walked, id),
        isTabStop: chosen ? chosen === id : index === 0,
      };
      return { id, type: "step", position, data, measured: sizes.get(id), selected: chosen === id };
    });
  }, [graph, catalog, figures, chosen, walked, sizes]);
  const nodes = useMemo(() => [...frames, ...steps, ...notes], [frames, steps, notes]);
  return { nodes, onNodesChange };
}

function walkedStep(walked: Walked | null, id: string): LiveNode["data"]["walked"] {
  if (!walked) return "no";
  if (walked.here === id) return "here";
  return walked.steps.has(id) ? "on" : "off";
}
