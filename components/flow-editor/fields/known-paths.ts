import type { Graph } from "#flow/graph.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import type { RuleSource } from "#flow/rule.ts";
import type { EventSample } from "../editor-world.tsx";

/** A value that rules and blanks can read, with what it looks like. */
export type KnownPath = { path: string; source: RuleSource; name: string; sample: Json | undefined };

const builtIn: { name: string; sample: Json }[] = [
  { name: "firstName", sample: "Aïssatou" },
  { name: "locale", sample: "fr" },
  { name: "timezone", sample: "Africa/Dakar" },
  { name: "tags", sample: ["vip"] },
];

/** Every value the flow is known to have: the person's, those of the event that starts it, and what earlier steps keep. */
export function knownPaths(graph: Graph, events: readonly EventSample[], attributes: JsonObject): KnownPath[] {
  const trigger = graph.nodes.find((node) => node.type.startsWith("trigger"));
  const sample = events.find((event) => event.name === trigger?.data.event)?.sample ?? {};
  const names = new Map<string, KnownPath>();
  const add = (source: RuleSource, name: string, value: Json | undefined) => {
    const path = `${source}.${name}`;
    if (!names.has(path)) names.set(path, { path, source, name, sample: value });
  };
  for (const { name, sample: value } of builtIn) add("contact", name, attributes[name] ?? value);
  for (const [name, value] of Object.entries(attributes)) {
    for (const [leaf, inner] of isDocument(value) ? leaves(value, name) : [[name, value] as const])
      add("contact", leaf, inner);
  }
  for (const [name, value] of leaves(sample)) add("event", name, value);
  for (const path of pathsIn(graph)) {
    const [source, ...rest] = path.split(".");
    if (source === "contact" || source === "event" || source === "enrollment") add(source, rest.join("."), undefined);
  }
  for (const name of keptValues(graph)) add("enrollment", name, undefined);
  add("enrollment", "key", undefined);
  add("time", "now", undefined);
  return [...names.values()];
}

/** The currency that travels with an amount: a value of that name beside it, as its sample has it. */
export function currencyBeside(path: string, known: readonly KnownPath[]): string | undefined {
  const beside = path.slice(0, path.lastIndexOf("."));
  const currency = known.find(
    (other) => /\.(currency|devise)$/i.test(other.path) && other.path.startsWith(`${beside}.`),
  );
  return typeof currency?.sample === "string" ? currency.sample : undefined;
}

/** The samples as the document that messages are filled from. */
export function sampleFacts(known: readonly KnownPath[]): JsonObject {
  const facts: JsonObject = {};
  for (const { path, sample } of known) {
    if (sample === undefined) continue;
    const names = path.split(".");
    const last = names.pop() ?? "";
    let here = facts;
    for (const name of names) {
      const next = Object.hasOwn(here, name) ? here[name] : undefined;
      const inner: JsonObject = next !== null && typeof next === "object" && !Array.isArray(next) ? next : {};
      here[name] = inner;
      here = inner;
    }
    here[last] = sample;
  }
  return facts;
}

const isDocument = (value: Json): boolean => value !== null && typeof value === "object" && !Array.isArray(value);

/** Properties of an event, nested ones by their dotted path; of a list its first item, which is what a message can show. */
function leaves(value: Json, name = ""): [string, Json][] {
  if (value === null || typeof value !== "object" || name.split(".").length > deepestPath)
    return name ? [[name, value]] : [];
  const parts = Array.isArray(value)
    ? value.slice(0, 1).map((item, index) => [String(index), item] as const)
    : Object.entries(value);
  return parts.flatMap(([key, part]) => leaves(part, name ? `${name}.${key}` : key));
}

const deepestPath = 4;

/** Paths that the flow already reads anywhere: somebody once knew that they exist. */
const pathsIn = (graph: Graph): string[] =>
  [
    ...JSON.stringify([graph.nodes.map((node) => node.data), graph.settings]).matchAll(
      /"((?:contact|event|enrollment)\.[^".\s]+(?:\.[^".\s]+)*)"/g,
    ),
  ].map((match) => match[1] ?? "");

/** Names under which webhook answers are kept, and the last reply. */
function keptValues(graph: Graph): string[] {
  const mapped = graph.nodes.flatMap((node) =>
    node.data.mapping !== null && typeof node.data.mapping === "object" ? Object.keys(node.data.mapping) : [],
  );
  return [...mapped, ...(graph.nodes.some((node) => node.type === "wait-until") ? ["reply"] : [])];
}
