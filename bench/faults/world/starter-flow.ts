import type { Graph } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { starters } from "#flow/starters/index.ts";
import type { TemplateInfo } from "#flow/template.ts";
import type { KnownFlow } from "./known-flow.ts";

/** What is said freely leaves only after people wrote, and the people of this world write nothing but STOP. */
const talks = (graph: Graph): boolean => graph.nodes.some(({ type }) => nodeTypeOf(type)?.needsWindow);

const played = starters.filter(({ graph }) => !talks(graph));

/** The use cases as a bank takes them, for every event and at any hour. Only the templates' names differ: they begin with the purpose. */
export const starterFlows: readonly KnownFlow[] = played.map(({ id, graph, templates, sampleEvent }) => {
  const { purpose } = graph.settings;
  const nameOf = (name: string) => `${purpose}_${name}`;
  return {
    name: id,
    event: sampleEvent.name,
    purpose,
    properties: sampleEvent.properties,
    firstTemplate: null,
    templates: templates.map((template): TemplateInfo => {
      const languages = template.languages.map((language) => ({ ...language, status: "approved" as const }));
      return { ...template, name: nameOf(template.name), languages };
    }),
    graph: asTaken(graph, nameOf),
  };
});

function asTaken(graph: Graph, nameOf: (name: string) => string): Graph {
  const nodes = graph.nodes.map((node) =>
    node.type === "send" ? { ...node, data: { ...node.data, template: nameOf(String(node.data.template)) } } : node,
  );
  const settings = {
    ...graph.settings,
    reEntry: { mode: "every-event" as const },
    enrollmentKey: "event.ref",
    sendingHours: null,
    collects: false,
  };
  return { ...graph, nodes, settings };
}
