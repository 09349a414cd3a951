import { prove } from "../../flow/prove/prove.ts";
import { catalog, shapes } from "./shapes.ts";

/** Milliseconds of each look at a flow: as a whole never seen before, and after a change of one step. */
export type Looks = { fresh: number[]; changed: number[]; findings: number };

function measure(shape: string, size: number, rounds: number): Looks {
  const fresh: number[] = [];
  const changed: number[] = [];
  let findings = 0;
  for (let round = 0; round < rounds; round += 1) {
    const graph = structuredClone(shapes[shape]?.(size));
    if (!graph) throw new Error(`No shape ${shape}`);
    const began = performance.now();
    findings = prove(graph, catalog).problems.length;
    const seen = performance.now();
    const at = round % graph.nodes.length;
    const other = {
      ...graph,
      nodes: graph.nodes.map((node, index) => (index === at ? { ...node, title: "New" } : node)),
    };
    const again = performance.now();
    prove(other, catalog);
    fresh.push(seen - began);
    changed.push(performance.now() - again);
  }
  return { fresh, changed, findings };
}

Object.assign(window, { measureProof: measure });
