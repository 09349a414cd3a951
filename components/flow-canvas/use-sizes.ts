"use client";

import type { Node, NodeChange } from "@xyflow/react";
import { useCallback, useState } from "react";
import type { Size } from "./frame-around.ts";

/**
 * How large everything on a canvas that is only read turned out to be. A drawing that is made anew must be told, else it is out of
 * sight until it is measured again; and a frame is as large as its steps.
 */
export function useSizes<Drawn extends Node>() {
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const onNodesChange = useCallback((changes: NodeChange<Drawn>[]) => {
    const measured = changes.flatMap((change) =>
      change.type === "dimensions" && change.dimensions ? [[change.id, change.dimensions] as const] : [],
    );
    if (measured.length > 0) setSizes((before) => new Map([...before, ...measured]));
  }, []);
  return { sizes, onNodesChange };
}
