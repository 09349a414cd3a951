import type { Handle, NodeType } from "../define-node.ts";
import type { Graph, GraphEdge, GraphNode } from "../graph.ts";
import { nodeTypeOf } from "../nodes/index.ts";
import { type ConfigIssue, readConfig } from "../read-config.ts";
import type { Catalog } from "../template.ts";
import type { Problem } from "../validate.ts";

/** A node with its type and settings as far as they can be understood. `config` is only meaningful without issues. */
export type ReadStep = { graphNode: GraphNode; type: NodeType | undefined; config: unknown; issues: ConfigIssue[] };

/** Every node once by id (the first of two with one id counts, as at run time). */
export function readSteps(graph: Graph): ReadonlyMap<string, ReadStep> {
  const steps = new Map<string, ReadStep>();
  for (const graphNode of graph.nodes) {
    if (steps.has(graphNode.id)) continue;
    const type = nodeTypeOf(graphNode.type);
    const read = type ? readConfig(type, graphNode.data) : undefined;
    steps.set(graphNode.id, {
      graphNode,
      type,
      config: read?.ok ? read.config : null,
      issues: read && !read.ok ? read.issues : [],
    });
  }
  return steps;
}

/** The step's type and settings when it can run, else undefined. */
export const readable = (step: ReadStep | undefined): { type: NodeType; config: unknown } | undefined =>
  step?.type && step.issues.length === 0 ? { type: step.type, config: step.config } : undefined;

/** Findings inside single steps: unknown types, settings, what the type itself finds, and edges at handles it does not have. */
export function findStepProblems(graph: Graph, steps: ReadonlyMap<string, ReadStep>, catalog: Catalog): Problem[] {
  const edgesOf = Map.groupBy(graph.edges, (edge) => edge.source);
  return [...steps.values()].flatMap((step) => {
    const own = problemsOf(step, graph, catalog);
    // A step that is wrong in itself (an unknown template, say) cannot tell its handles; its edges are judged afterwards.
    const isSure = !own.some((problem) => problem.severity === "error");
    return isSure ? [...own, ...handleProblems(step, edgesOf.get(step.graphNode.id) ?? [], catalog)] : own;
  });
}

function problemsOf(step: ReadStep, graph: Graph, catalog: Catalog): Problem[] {
  const at = { nodeId: step.graphNode.id, edgeId: null };
  const { type } = step.graphNode;
  if (!step.type) return [{ ...at, rule: "unknown-node-type", severity: "error", values: { type } }];
  if (step.issues.length > 0) return settingProblems(step);
  const found = step.type.problems?.(step.config, catalog, graph.settings) ?? [];
  return found.map((problem) => ({ ...at, ...problem, severity: problem.severity ?? "error" }));
}

/** One finding for each setting, however many faults its schema names. */
function settingProblems({ graphNode, issues }: ReadStep): Problem[] {
  const byField = new Map(issues.toReversed().map((issue) => [issue.field, issue]));
  return [...byField.values()].reverse().map(({ field, message }) => ({
    nodeId: graphNode.id,
    edgeId: null,
    rule: isEmpty(graphNode.data, field) ? "missing-setting" : "bad-config",
    severity: "error",
    field,
    values: { field, message },
  }));
}

function isEmpty(data: unknown, field: string): boolean {
  // The whole is at fault (an unknown setting, say).
  if (field === "") return false;
  let here: unknown = data;
  for (const key of field.split(".")) {
    here = here !== null && typeof here === "object" ? Reflect.get(here, key) : undefined;
  }
  return here === undefined || here === null || here === "" || (Array.isArray(here) && here.length === 0);
}

function handleProblems(step: ReadStep, edges: readonly GraphEdge[], catalog: Catalog): Problem[] {
  const handles = readable(step)?.type.handles(step.config, catalog) ?? [];
  const known = new Set(handles.map((handle) => handle.id));
  const unknown = edges.filter((edge) => !known.has(edge.sourceHandle));
  return [
    ...unknown.map(
      (edge): Problem => ({
        nodeId: edge.source,
        edgeId: edge.id,
        rule: "unknown-handle",
        severity: "error",
        values: { handle: edge.sourceHandle },
      }),
    ),
    ...openButtons(handles, new Set(edges.map((edge) => edge.sourceHandle))).map(
      (handle): Problem => ({
        nodeId: step.graphNode.id,
        edgeId: null,
        rule: "open-button",
        severity: "warning",
        values: { button: handle.text ?? handle.id },
      }),
    ),
  ];
}

// "replied" takes a tap on a button that has no edge of its own.
const openButtons = (handles: Handle[], connected: ReadonlySet<string>): Handle[] =>
  connected.has("replied") ? [] : handles.filter((handle) => handle.place === "reply" && !connected.has(handle.id));
