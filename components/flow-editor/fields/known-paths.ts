import { contactPaths, type KnownPath, leaves } from "#components/rule-builder/known-path.ts";
import type { Graph } from "#flow/graph.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { madeProperties } from "#flow/opening.ts";
import { readConfig } from "#flow/read-config.ts";
import type { RuleSource } from "#flow/rule.ts";
import type { EventSample } from "../editor-world.tsx";

/** Every value the flow is known to have: the person's, those of the event that starts it, and what earlier steps keep. */
export function knownPaths(
  graph: Graph,
  events: readonly EventSample[],
  attributes: JsonObject,
  eventName?: string,
): KnownPath[] {
  const sample = eventName === undefined ? entrySample(graph, events) : sampleOf(eventName, events);
  const names = new Map<string, KnownPath>(contactPaths(attributes).map((known) => [known.path, known]));
  const add = (source: RuleSource, name: string, value: Json | undefined) => {
    const path = `${source}.${name}`;
    if (!names.has(path)) names.set(path, { path, source, name, sample: value });
  };
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

const sampleOf = (name: unknown, events: readonly EventSample[]): JsonObject =>
  events.find((event) => event.name === name)?.sample ?? {};

/** What the event holds that starts the flow: as one looked that came, or as we make it ourselves. */
function entrySample(graph: Graph, events: readonly EventSample[]): JsonObject {
  const trigger = graph.nodes.find((node) => nodeTypeOf(node.type)?.family === "trigger");
  const type = trigger && nodeTypeOf(trigger.type);
  const read = type && readConfig(type, trigger.data);
  const opening = read?.ok ? type?.opensOn?.(read.config) : undefined;
  return opening?.by ? madeProperties(opening) : sampleOf(trigger?.data.event, events);
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

/** Paths that the flow already reads anywhere: somebody once knew that they exist. */
const pathsIn = (graph: Graph): string[] => [...graph.nodes.map((node) => node.data), graph.settings].flatMap(pathsOf);

const remembered = new WeakMap<object, string[]>();

/** Settings are never changed in place: with a key in one step's form the others need not be read again. */
function pathsOf(settings: object): string[] {
  const known = remembered.get(settings);
  if (known) return known;
  const named = /"((?:contact|event|enrollment)\.[^".\s]+(?:\.[^".\s]+)*)"/g;
  const paths = [...JSON.stringify(settings).matchAll(named)].flatMap((match) => match[1] ?? []);
  remembered.set(settings, paths);
  return paths;
}

/** Whether two lists name the same values with the same samples. */
export const isSameList = (one: readonly KnownPath[], other: readonly KnownPath[]): boolean =>
  one.length === other.length &&
  one.every(({ path, sample }, index) => path === other[index]?.path && sample === other[index].sample);

/** Names under which webhook answers are kept, and the last reply. */
function keptValues(graph: Graph): string[] {
  const mapped = graph.nodes.flatMap((node) =>
    node.data.mapping !== null && typeof node.data.mapping === "object" ? Object.keys(node.data.mapping) : [],
  );
  return [...mapped, ...(graph.nodes.some((node) => node.type === "wait-until") ? ["reply"] : [])];
}
