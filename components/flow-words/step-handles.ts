import type { Handle, Label } from "#flow/define-node.ts";
import type { Assigning } from "#flow/experiment.ts";
import type { MessageText } from "#flow/free-message.ts";
import type { GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { readConfig } from "#flow/read-config.ts";
import type { Catalog } from "#flow/template.ts";

const remembered = new WeakMap<GraphNode, { catalog: Catalog; handles: Handle[] }>();

/**
 * The ways out of a step, also while its settings are incomplete: a half-filled form must not make edges disappear.
 * An unknown type, or settings too broken to read, has none. Steps are never changed in place, so the answer is remembered.
 */
export function handlesOf(node: GraphNode, catalog: Catalog): Handle[] {
  const known = remembered.get(node);
  if (known?.catalog === catalog) return known.handles;
  const handles = tolerantly(node, (config) => nodeTypeOf(node.type)?.handles(config, catalog)) ?? [];
  remembered.set(node, { catalog, handles });
  return handles;
}

/** The message that the step sends, in all its languages, also while its settings are incomplete; null for other steps. */
export const messageOf = (node: GraphNode, catalog: Catalog): MessageText | null =>
  tolerantly(node, (config) => nodeTypeOf(node.type)?.message?.(config, catalog)) ?? null;

/** The step's one-line summary, or null where its settings cannot be read yet. */
export function summaryOf(node: GraphNode, catalog: Catalog): Label | null {
  return tolerantly(node, (config) => nodeTypeOf(node.type)?.summary(config, catalog)) ?? null;
}

/** The experiment that the step assigns people in; null for other steps, and while its settings are not all there. */
export function assigningOf(node: GraphNode): Assigning | null {
  const type = nodeTypeOf(node.type);
  const read = type?.assigns ? readConfig(type, node.data) : null;
  return (read?.ok && type?.assigns?.(read.config)) || null;
}

/** Whether the step's settings are all there, so that its summary tells the truth. */
export const isComplete = (node: GraphNode): boolean => settingsOf(node)?.success ?? false;

type Settings = { success: true; data: unknown } | { success: false };
const settings = new WeakMap<GraphNode, Settings>();

/** A card asks for its settings several times each time it is drawn: they are read once. Undefined for an unknown type. */
function settingsOf(node: GraphNode): Settings | undefined {
  const known = settings.get(node);
  if (known) return known;
  const read: Settings | undefined = nodeTypeOf(node.type)?.config.safeParse(node.data);
  if (read) settings.set(node, read);
  return read;
}

function tolerantly<T>(node: GraphNode, read: (config: unknown) => T): T | undefined {
  const parsed = settingsOf(node);
  if (!parsed) return undefined;
  try {
    return read(parsed.success ? parsed.data : node.data);
  } catch {
    // Only reached by settings that no form of ours wrote (an import): the problem list names what is wrong with them.
    return undefined;
  }
}

/** Where a new step is attached when nobody says which way out: the main way, else the first outcome that is still open. */
export function defaultHandle(handles: readonly Handle[], connected: ReadonlySet<string>): string | undefined {
  const outcomes = handles.filter((handle) => handle.place === "outcome");
  const first =
    handles.find((handle) => handle.place === "main") ??
    outcomes.find((handle) => !connected.has(handle.id)) ??
    outcomes[0] ??
    handles[0];
  return first?.id;
}
