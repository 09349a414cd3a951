import type { Json, JsonObject } from "../json.ts";
import type { EventShape } from "../template.ts";

/** How deep, and how far into a list, a message or a rule would look for a value. */
const deepest = 5;
const firstItems = 5;

/** What events of each name have in common. */
export function eventShapes(events: Iterable<{ name: string; properties: JsonObject }>): Record<string, EventShape> {
  const shapes = new Map<string, { seen: number; filled: Map<string, number> }>();
  for (const { name, properties } of events) {
    const shape = shapes.get(name) ?? { seen: 0, filled: new Map<string, number>() };
    shapes.set(name, shape);
    shape.seen += 1;
    for (const path of filledPaths(properties)) shape.filled.set(path, (shape.filled.get(path) ?? 0) + 1);
  }
  return Object.fromEntries(
    [...shapes].map(([name, { seen, filled }]) => [name, { seen, filled: Object.fromEntries(filled) }]),
  );
}

/** Every dotted path at which there is a value, those of objects and lists themselves among them. */
function filledPaths(root: JsonObject): string[] {
  const paths: string[] = [];
  const open: { value: Json; path: string; depth: number }[] = [{ value: root, path: "", depth: 0 }];
  for (const { value, path, depth } of open) {
    if (path !== "") paths.push(path);
    if (value === null || typeof value !== "object" || depth === deepest) continue;
    const parts = Array.isArray(value)
      ? value.slice(0, firstItems).map((item, index) => [String(index), item] as const)
      : Object.entries(value);
    for (const [key, part] of parts)
      if (part !== null) open.push({ value: part, path: path === "" ? key : `${path}.${key}`, depth: depth + 1 });
  }
  return paths;
}
