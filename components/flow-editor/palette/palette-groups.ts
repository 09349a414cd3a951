import type { Family, NodeType } from "#flow/define-node.ts";

export type PaletteGroup = "trigger" | "logic" | "message" | "people" | "integration";

/** The five groups of the palette in order; ends (goal, exit) stand with the logic. `afterStep` leaves out what only starts. */
export function paletteGroups(
  types: readonly NodeType[],
  families: readonly Family[],
  afterStep: boolean,
): { group: PaletteGroup; types: NodeType[] }[] {
  const groupOf = (family: Family): PaletteGroup => (family === "end" ? "logic" : family);
  const groups = families.filter((family): family is PaletteGroup => family !== "end");
  return groups
    .filter((group) => !(afterStep && group === "trigger"))
    .map((group) => ({ group, types: types.filter((node) => groupOf(node.family) === group) }))
    .filter(({ types: members }) => members.length > 0);
}
