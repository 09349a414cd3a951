import type { NodeType } from "../define-node.ts";
import type { Graph, GraphNode } from "../graph.ts";
import { nodeTypeOf } from "../nodes/index.ts";
import { type ConfigIssue, readConfig } from "../read-config.ts";

/** A node with its type and settings as far as they can be understood. `config` is only meaningful without issues. */
export type ReadStep = { graphNode: GraphNode; type: NodeType | undefined; config: unknown; issues: ConfigIssue[] };

export type Steps = ReadonlyMap<string, ReadStep>;

// Nodes are never changed in place, and most of a graph stays as it was from one look to the next.
const remembered = new WeakMap<GraphNode, ReadStep>();

/** Every node once by id (the first of two with one id counts, as at run time). */
export function readSteps(graph: Graph): Steps {
  const steps = new Map<string, ReadStep>();
  for (const graphNode of graph.nodes) {
    if (steps.has(graphNode.id)) continue;
    const step = remembered.get(graphNode) ?? readStep(graphNode);
    remembered.set(graphNode, step);
    steps.set(graphNode.id, step);
  }
  return steps;
}

function readStep(graphNode: GraphNode): ReadStep {
  const type = nodeTypeOf(graphNode.type);
  const read = type ? readConfig(type, graphNode.data) : undefined;
  return {
    graphNode,
    type,
    config: read?.ok ? read.config : null,
    issues: read && !read.ok ? read.issues : [],
  };
}

/** The step's type and settings when it can run, else undefined. */
export const readable = (step: ReadStep | undefined): { type: NodeType; config: unknown } | undefined =>
  step?.type && step.issues.length === 0 ? { type: step.type, config: step.config } : undefined;

export const isTrigger = (step: ReadStep | undefined): boolean => step?.type?.family === "trigger";
