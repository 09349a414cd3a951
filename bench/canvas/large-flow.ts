import { autoLayout } from "#components/flow-editor/editor-state/auto-layout.ts";
import { handlesOf } from "#components/flow-words/step-handles.ts";
import { emptyGraph, type Graph, type GraphEdge, type GraphNode } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";

/** What the window shows at the smallest zoom, in the canvas's own units. */
const inSight = { height: 4000, columnWidth: 640 };

/** The same flow in columns beside each other, so that as much as possible is in sight when zoomed out: what people never draw. */
export function inColumns(graph: Graph): Graph {
  const top = Math.min(...graph.nodes.map(({ position }) => position.y));
  const wrapped = ({ x, y }: GraphNode["position"]) => ({
    x: x + Math.floor((y - top) / inSight.height) * inSight.columnWidth,
    y: top + ((y - top) % inSight.height),
  });
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, position: wrapped(node.position) })) };
}

/**
 * A flow of so many steps as people draw them: a trigger, then stretches of a message with its buttons, a wait for an answer, a
 * condition, a change of the contact and a hand-off for who asks for help. Laid out by "Tidy up". A message has the template with
 * the most buttons that there is.
 */
export function largeFlow(size: number, catalog: Catalog): Graph {
  const template = catalog.templates.toSorted((a, b) => buttons(b) - buttons(a))[0]?.name ?? "";
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (type: string, data: GraphNode["data"]): string => {
    const id = `s${nodes.length}`;
    nodes.push({ id, type, title: `Step ${nodes.length}`, position: { x: 0, y: 0 }, data });
    return id;
  };
  const join = (source: string, sourceHandle: string, target: string) =>
    edges.push({ id: `e${edges.length}`, source, sourceHandle, target });
  let [last, way] = [add("trigger-event", { event: "bench.started", rule: { all: [] } }), "next"];
  while (nodes.length + 6 <= size) {
    const send = add("send", { template, values: {} });
    join(last, way, send);
    const wait = add("wait-until", {
      sources: [{ kind: "event", id: "done", event: "bench.done" }],
      timeout: hours(24),
    });
    join(send, "next", wait);
    const help = add("hand-off", { queue: "Support", priority: "normal", note: "", timeout: hours(72) });
    const reply = handlesOf(nodeOf(nodes, send), catalog).find((handle) => handle.place === "reply")?.id ?? "replied";
    join(send, reply, help);
    const check = add("condition", { branches: [{ id: "yes", name: "High value", rule: { all: [] } }] });
    join(wait, "timeout", check);
    const change = add("update-contact", { changes: [{ op: "set", attribute: "stage", value: `${nodes.length}` }] });
    join(check, "yes", change);
    const exit = add("exit", { reason: "done" });
    join(check, "else", exit);
    [last, way] = [change, "next"];
  }
  while (nodes.length < size) {
    const wait = add("wait", { mode: "duration", duration: hours(1) });
    join(last, way, wait);
    [last, way] = [wait, "next"];
  }
  const graph: Graph = { ...emptyGraph(), nodes, edges };
  const places = autoLayout(
    graph,
    new Map(nodes.map((node) => [node.id, { width: 260, height: heightOf(node) }])),
    catalog,
  );
  return { ...graph, nodes: nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })) };
}

const hours = (amount: number) => ({ amount, unit: "hours" });
const buttons = ({ languages: [first] }: Catalog["templates"][number]): number => first?.buttons.length ?? 0;
const heightOf = ({ type }: GraphNode): number => (type === "send" ? 230 : 92);

function nodeOf(nodes: readonly GraphNode[], id: string): GraphNode {
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node) throw new Error(`There is no step ${id}.`);
  return node;
}
