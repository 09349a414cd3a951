import type { NodeType } from "./define-node.ts";
import type { FlowSettings, Graph } from "./graph.ts";
import { nodeTypeOf } from "./nodes/index.ts";
import type { Opening } from "./opening.ts";
import { readConfig } from "./read-config.ts";

/** A node ready to run: its type, its settings as parsed, and where each handle leads. */
export type CompiledNode = {
  id: string;
  /** Null for a step that cannot run; `broken` says why. Whoever comes here leaves the flow with "broken-step". */
  node: NodeType | null;
  config: unknown;
  broken: "unknown-node-type" | "bad-config" | null;
  /** Target node by handle, only where the target exists. */
  next: ReadonlyMap<string, string>;
};

/** A graph ready to run, made once per published version and shared by all its enrollments. */
export type CompiledFlow = {
  nodes: ReadonlyMap<string, CompiledNode>;
  /** The first trigger step that can run; null for a graph without one, which nobody can enter. */
  trigger: ({ nodeId: string } & Opening) | null;
  settings: FlowSettings;
};

/**
 * Prepares a graph for `enroll` and `advance`. Total: a broken graph compiles too, and ends an enrollment where it breaks.
 * Of two nodes with one id, and of two edges on one handle, the first counts.
 */
export function compile(graph: Graph): CompiledFlow {
  const nodes = new Map<string, CompiledNode>();
  const edges = new Map<string, Map<string, string>>();
  for (const { id, type, data } of graph.nodes) {
    if (nodes.has(id)) continue;
    const next = new Map<string, string>();
    edges.set(id, next);
    nodes.set(id, { id, next, ...prepare(type, data) });
  }
  for (const { source, sourceHandle, target } of graph.edges) {
    const next = edges.get(source);
    if (next && nodes.has(target) && !next.has(sourceHandle)) next.set(sourceHandle, target);
  }
  return { nodes, trigger: findTrigger(nodes), settings: graph.settings };
}

/** How a graph that may still be a draft starts; null while its trigger is not finished. */
export const openingOf = (graph: Graph): Opening | null => compile(graph).trigger;

/** The other flows that steps of this one run, each once. */
export const runsOf = ({ nodes }: CompiledFlow): string[] => [
  ...new Set([...nodes.values()].flatMap(({ node, config }) => node?.starts?.(config) ?? [])),
];

function findTrigger(nodes: ReadonlyMap<string, CompiledNode>): CompiledFlow["trigger"] {
  for (const { id, node, config } of nodes.values()) {
    const opening = node?.opensOn?.(config);
    if (opening) return { nodeId: id, ...opening };
  }
  return null;
}

function prepare(type: string, data: unknown): Pick<CompiledNode, "node" | "config" | "broken"> {
  const node = nodeTypeOf(type);
  if (!node) return { node: null, config: null, broken: "unknown-node-type" };
  const read = readConfig(node, data);
  return read.ok ? { node, config: read.config, broken: null } : { node: null, config: null, broken: "bad-config" };
}
