"use client";

import { useMemo } from "react";
import { frameOf, type Size } from "#components/flow-canvas/frame-around.ts";
import { useSizes } from "#components/flow-canvas/use-sizes.ts";
import type { Catalog } from "#flow/template.ts";
import type { DiffFrame, DiffNote } from "./diff-aids.tsx";
import type { Chosen } from "./diff-canvas.tsx";
import type { DiffNode } from "./diff-card.tsx";
import type { Overlay } from "./overlay-graphs.ts";

export type DrawnNode = DiffNode | DiffNote | DiffFrame;

type Looks = { overlay: Overlay; catalog: Catalog; isDimmed: boolean; chosen: Chosen };

/** What React Flow draws for two graphs: frames below, steps, notes above. A frame is as large as its steps turn out to be. */
export function useDiffNodes(looks: Looks) {
  const { sizes, onNodesChange } = useSizes<DrawnNode>();
  const { overlay, catalog, isDimmed, chosen } = looks;
  const nodes = useMemo(
    () => drawn({ overlay, catalog, isDimmed, chosen }, sizes),
    [overlay, catalog, isDimmed, chosen, sizes],
  );
  return { nodes, onNodesChange };
}

function drawn({ overlay, catalog, isDimmed, chosen }: Looks, sizes: ReadonlyMap<string, Size>): DrawnNode[] {
  const isDim = (kind: string) => isDimmed && kind === "same";
  const isChosen = (group: "steps" | "aids", id: string) => chosen?.group === group && chosen.id === id;
  const placed = overlay.steps.map(({ node, at }) => ({ id: node.id, at }));
  const frames = overlay.groups.flatMap(({ group, kind }): DiffFrame[] => {
    const place = frameOf(group, placed, sizes);
    const data = { group, kind, isDim: isDim(kind) };
    return place ? [{ id: group.id, type: "frame", data, selected: isChosen("aids", group.id), ...place }] : [];
  });
  const steps = overlay.steps.map(({ node, kind, at }): DiffNode => {
    const ways = overlay.edges.filter(({ edge }) => edge.source === node.id).map(({ edge }) => edge.sourceHandle);
    return {
      ...{ id: node.id, type: "step", position: at, measured: sizes.get(node.id) },
      data: { step: node, kind, catalog, ways: [...new Set(ways)], isDim: isDim(kind) },
      selected: isChosen("steps", node.id),
      zIndex: kind === "removed" ? 0 : 1,
    };
  });
  const notes = overlay.notes.map(
    ({ note, kind }): DiffNote => ({
      ...{ id: note.id, type: "note", position: note.position, measured: sizes.get(note.id) },
      data: { note, kind, isDim: isDim(kind) },
      selected: isChosen("aids", note.id),
      zIndex: 2,
    }),
  );
  return [...frames, ...steps, ...notes];
}
