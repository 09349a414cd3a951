import type { Handle, Mend } from "../define-node.ts";
import type { Graph, GraphEdge } from "../graph.ts";
import type { Catalog } from "../template.ts";
import { addStep, type Fix } from "./fix.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";
import { isTrigger, type ReadStep, readable, type Steps } from "./steps.ts";

/** Findings inside single steps: unknown types, settings, what the type itself finds, and edges and handles that do not fit. */
export function findStepProblems(graph: Graph, steps: Steps, catalog: Catalog): Problem[] {
  const edgesOf = Map.groupBy(graph.edges, (edge) => edge.source);
  return [...steps.values()].flatMap((step) => {
    const own = problemsOf(step, graph, catalog);
    // A step that is wrong in itself (an unknown template, say) cannot tell its handles; its edges are judged afterwards.
    const isSure = !own.some((problem) => problem.severity === "error");
    return isSure ? [...own, ...handleProblems(step, edgesOf.get(step.graphNode.id) ?? [], catalog)] : own;
  });
}

function problemsOf(step: ReadStep, graph: Graph, catalog: Catalog): Problem[] {
  const { id: nodeId, type } = step.graphNode;
  if (!step.type)
    return [errorAt("unknown-node-type", { nodeId, values: { type }, fix: { kind: "remove-step", nodeId } })];
  if (step.issues.length > 0) return settingProblems(step);
  const found = step.type.problems?.(step.config, catalog, graph.settings) ?? [];
  return found.map(({ rule, severity = "error", mend, ...problem }) =>
    (severity === "error" ? errorAt : warningAt)(rule, {
      nodeId,
      ...problem,
      ...(mend && { fix: fixOf(nodeId, mend) }),
    }),
  );
}

const fixOf = (nodeId: string, mend: Mend): Fix =>
  "data" in mend
    ? { kind: "change-step", nodeId, data: mend.data }
    : { kind: "change-settings", settings: mend.settings };

/** One finding for each setting, however many faults its schema names. */
function settingProblems({ graphNode, issues }: ReadStep): Problem[] {
  const byField = new Map(issues.toReversed().map((issue) => [issue.field, issue]));
  return [...byField.values()].reverse().map(({ field, message }) =>
    errorAt(isEmpty(graphNode.data, field) ? "missing-setting" : "bad-config", {
      nodeId: graphNode.id,
      field,
      values: { field, message },
    }),
  );
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
  const connected = new Set(edges.map((edge) => edge.sourceHandle));
  const nodeId = step.graphNode.id;
  const unknown = edges.filter((edge) => !known.has(edge.sourceHandle));
  return [
    ...unknown.map(({ id: edgeId, sourceHandle }) =>
      errorAt("unknown-handle", {
        nodeId,
        edgeId,
        values: { handle: sourceHandle },
        fix: { kind: "remove-edge", edgeId },
      }),
    ),
    ...openButtons(handles, connected).map((handle) =>
      warningAt("open-button", {
        nodeId,
        values: { button: handle.text ?? handle.id },
        fix: addStep("agent", { nodeId, handle: handle.id }),
      }),
    ),
    ...(isTrigger(step) && handles.length > 0 && connected.size === 0
      ? [warningAt("nothing-follows", { nodeId })]
      : []),
    ...lostWays(handles, connected).map((handle) =>
      warningAt("open-way", {
        nodeId,
        values: { way: handle.text ?? handle.id },
        fix: addStep("end", { nodeId, handle: handle.id }),
      }),
    ),
  ];
}

// "replied" takes a tap on a button that has no edge of its own.
const openButtons = (handles: Handle[], connected: ReadonlySet<string>): Handle[] =>
  connected.has("replied") ? [] : handles.filter((handle) => handle.place === "reply" && !connected.has(handle.id));

/** Of a step with several named ways one that leads nowhere; the last one, for all others, may well mean the end. */
const lostWays = (handles: Handle[], connected: ReadonlySet<string>): Handle[] =>
  handles.filter((handle) => handle.place === "outcome" && handle.text !== undefined && !connected.has(handle.id));
