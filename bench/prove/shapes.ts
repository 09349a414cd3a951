import { emptyGraph, type Graph, type GraphEdge, type GraphNode } from "../../flow/graph.ts";
import type { Catalog } from "../../flow/template.ts";

/** Flows of any size: as people draw them, and the worst for somebody who would follow every path. */
export const shapes: Record<string, (size: number) => Graph> = {
  "as people draw": asDrawn,
  "a line of messages": line,
  "a ladder of conditions": ladder,
  "everything back to everything": web,
};

export const catalog: Catalog = {
  capPerDay: 3,
  quietMs: 11 * 3_600_000,
  prices: [{ market: "X", category: "utility", currency: "USD", amountMicros: 1_000 }],
  templates: [
    {
      name: "hello",
      category: "utility",
      samples: {},
      languages: ["en", "fr"].map((language) => ({
        language,
        status: "approved",
        header: null,
        body: "Hello {{name}}, your {{thing}} waits for you.",
        footer: null,
        buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
      })),
    },
  ],
};

const position = { x: 0, y: 0 };
const start: GraphNode = { id: "s0", type: "trigger-event", position, data: { event: "bench.started" } };
const message = (id: string): GraphNode => ({
  id,
  type: "send",
  position,
  data: {
    template: "hello",
    values: {
      name: { from: "path", path: "contact.firstName" },
      thing: { from: "path", path: "enrollment.reply", fallback: "file" },
    },
  },
});
const join = (source: string, sourceHandle: string, target: string): GraphEdge => ({
  id: `${source} ${sourceHandle}`,
  source,
  sourceHandle,
  target,
});
const hours = (amount: number) => ({ amount, unit: "hours" });
const wait = (id: string): GraphNode => ({
  id,
  type: "wait-until",
  position,
  data: { sources: [{ kind: "reply", id: "done" }], timeout: hours(24) },
});
const branch = (id: string, at: number) => ({
  id,
  name: id,
  rule: {
    any: [
      { path: `event.n${at % 50}`, op: "gt", value: at },
      {
        all: [
          { path: "contact.score", op: "lt", value: at },
          { path: "contact.tier", op: "in", value: ["gold", `t${at}`] },
        ],
      },
    ],
  },
});
const condition = (id: string, at: number): GraphNode => ({
  id,
  type: "condition",
  position,
  data: { branches: [branch("a", at), branch("b", at + 1), branch("c", at + 2)] },
});

const graphOf = (nodes: GraphNode[], edges: GraphEdge[]): Graph => ({ ...emptyGraph(), nodes, edges });
const idsOf = (size: number) => Array.from({ length: size }, (_, index) => `s${index}`);

function asDrawn(size: number): Graph {
  const ids = idsOf(size);
  const nodes = ids.map((id, index) => {
    if (index === 0) return start;
    if (index % 5 === 1) return message(id);
    if (index % 5 === 2) return wait(id);
    if (index % 5 === 3) return condition(id, index);
    return index % 5 === 4
      ? { id, type: "update-contact", position, data: { changes: [{ op: "set", attribute: "score", value: index }] } }
      : { id, type: "hand-off", position, data: { queue: "Support", priority: "normal" } };
  });
  const edges = ids.flatMap((id, index) => {
    const [next, help] = [ids[index + 1], ids[index + (5 - (index % 5))]];
    if (!next) return [];
    if (index % 5 === 1) return [join(id, "next", next), ...(help ? [join(id, "button:help", help)] : [])];
    if (index % 5 === 2) return [join(id, "done", next), join(id, "timeout", next)];
    if (index % 5 === 3) return [join(id, "a", next), join(id, "b", next), join(id, "else", next)];
    return [join(id, index % 5 === 0 && index > 0 ? "timeout" : "next", next)];
  });
  return graphOf(nodes, edges);
}

function line(size: number): Graph {
  const ids = idsOf(size);
  const edges = ids.slice(1).map((id, index) => join(`s${index}`, "next", id));
  return graphOf(
    ids.map((id, index) => (index === 0 ? start : message(id))),
    edges,
  );
}

/** Four ways from each to the next: as many paths as four to the power of the steps. */
function ladder(size: number): Graph {
  const ids = idsOf(size);
  const edges = ids
    .slice(1)
    .flatMap((id, index) =>
      (index === 0 ? ["next"] : ["a", "b", "c", "else"]).map((handle) => join(`s${index}`, handle, id)),
    );
  return graphOf(
    ids.map((id, index) => (index === 0 ? start : condition(id, index))),
    edges,
  );
}

/** Waits and conditions in turn, with ways far ahead and back to the beginning. */
function web(size: number): Graph {
  const ids = idsOf(size);
  const nodes = ids.map((id, index) => {
    if (index === 0) return start;
    return index % 3 === 0 ? wait(id) : index % 3 === 1 ? message(id) : condition(id, index);
  });
  const to = (index: number) => ids[1 + (index % (size - 1))] ?? "s1";
  const edges = ids.flatMap((id, index) => {
    if (index === 0) return [join(id, "next", to(0))];
    if (index % 3 === 0) return [join(id, "done", to(index * 7)), join(id, "timeout", to(index))];
    if (index % 3 === 1)
      return [join(id, "next", to(index)), join(id, "replied", to(index * 13)), join(id, "failed", to(index * 3))];
    return [
      join(id, "a", to(index)),
      join(id, "b", to(index * 5)),
      join(id, "c", to(index * 11)),
      join(id, "else", to(1)),
    ];
  });
  return graphOf(nodes, edges);
}
