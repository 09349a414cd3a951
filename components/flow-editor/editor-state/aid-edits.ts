import type { AidColour, Graph, GraphGroup, GraphNote } from "#flow/graph.ts";

/** A graph without notes or groups says nothing about them, so that it equals one that never had any. */
export const withNotes = (graph: Graph, notes: GraphNote[]): Graph => {
  const { notes: _, ...rest } = graph;
  return notes.length > 0 ? { ...rest, notes } : rest;
};

export const withGroups = (graph: Graph, groups: GraphGroup[]): Graph => {
  const { groups: _, ...rest } = graph;
  return groups.length > 0 ? { ...rest, groups } : rest;
};

export const addNote = (graph: Graph, note: GraphNote): Graph => withNotes(graph, [...(graph.notes ?? []), note]);

export const changeNote = (graph: Graph, id: string, change: Partial<Pick<GraphNote, "text" | "colour">>): Graph =>
  withNotes(
    graph,
    (graph.notes ?? []).map((note) => (note.id === id ? { ...note, ...change } : note)),
  );

export const removeNotes = (graph: Graph, ids: readonly string[]): Graph =>
  graph.notes?.some((note) => ids.includes(note.id))
    ? withNotes(
        graph,
        graph.notes.filter((note) => !ids.includes(note.id)),
      )
    : graph;

/** Puts steps into a new group. Those that were in another one leave it. */
export function addGroup(graph: Graph, group: GraphGroup): Graph {
  const rest = leaveGroups(graph, group.steps);
  return withGroups(rest, [...(rest.groups ?? []), group]);
}

export const changeGroup = (
  graph: Graph,
  id: string,
  change: { name?: string; colour?: AidColour; isCollapsed?: boolean },
): Graph =>
  withGroups(
    graph,
    (graph.groups ?? []).map((group) => {
      if (group.id !== id) return group;
      const { isCollapsed, ...rest } = { ...group, ...change };
      return isCollapsed ? { ...rest, isCollapsed } : rest;
    }),
  );

/** The frame goes, its steps stay. */
export const removeGroups = (graph: Graph, ids: readonly string[]): Graph =>
  graph.groups?.some((group) => ids.includes(group.id))
    ? withGroups(
        graph,
        graph.groups.filter((group) => !ids.includes(group.id)),
      )
    : graph;

/** Steps belong to no group any more; a group without steps goes. */
export function leaveGroups(graph: Graph, steps: readonly string[]): Graph {
  const leaving = new Set(steps);
  if (!graph.groups?.some((group) => group.steps.some((id) => leaving.has(id)))) return graph;
  const groups = graph.groups.map((group) => ({ ...group, steps: group.steps.filter((id) => !leaving.has(id)) }));
  return withGroups(
    graph,
    groups.filter((group) => group.steps.length > 0),
  );
}

export function joinGroup(graph: Graph, groupId: string, steps: readonly string[]): Graph {
  const group = graph.groups?.find((candidate) => candidate.id === groupId);
  if (!group) return graph;
  const joining = steps.filter((id) => !group.steps.includes(id));
  if (joining.length === 0) return graph;
  // The group that is joined must not go for having lost its last step on the way.
  const rest = leaveGroups(graph, joining);
  return withGroups(
    rest,
    (rest.groups ?? []).map((other) =>
      other.id === groupId ? { ...other, steps: [...other.steps, ...joining] } : other,
    ),
  );
}

/** Opens the collapsed groups that hide one of these steps. */
export const revealSteps = (graph: Graph, steps: readonly string[]): Graph =>
  (graph.groups ?? [])
    .filter((group) => group.isCollapsed && group.steps.some((id) => steps.includes(id)))
    .reduce((rest, group) => changeGroup(rest, group.id, { isCollapsed: false }), graph);

export const groupOf = (graph: Graph, step: string): GraphGroup | undefined =>
  graph.groups?.find((group) => group.steps.includes(step));
