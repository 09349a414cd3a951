import type { Node } from "@xyflow/react";
import { frameAround, type Size } from "#components/flow-canvas/frame-around.ts";
import type { Graph, GraphGroup, GraphNote } from "#flow/graph.ts";
import { groupOf, joinGroup, leaveGroups } from "./aid-edits.ts";
import { cardWidth } from "./auto-layout.ts";
import { clickable, type StepEdge, type StepNode } from "./derive-canvas.ts";
import type { Point } from "./graph-edits.ts";

/** What React Flow holds for a note. */
export type NoteNode = Node<{ note: GraphNote }, "note">;

/** What React Flow holds for a group: a frame around its steps, or one card in their place. */
export type GroupNode = Node<{ group: GraphGroup; types: readonly string[] }, "frame">;

const unmeasuredHeight = 96;

export function deriveNotes(graph: Graph, previous: readonly NoteNode[]): NoteNode[] {
  if (!graph.notes && previous.length === 0) return noNotes;
  const old = new Map(previous.map((node) => [node.id, node]));
  return (graph.notes ?? []).map((note) => {
    const was = old.get(note.id);
    if (was?.data.note === note && was.position.x === note.position.x && was.position.y === note.position.y) return was;
    return {
      ...(was ?? { id: note.id, type: "note" as const, className: clickable, zIndex: 1 }),
      data: { note },
      position: note.position,
    };
  });
}
const noNotes: NoteNode[] = [];

/** Each group as its steps stand now. A frame that comes out the same keeps its object. */
export function deriveGroups(graph: Graph, steps: readonly StepNode[], previous: readonly GroupNode[]): GroupNode[] {
  if (!graph.groups) return noGroups;
  const byId = new Map(steps.map((node) => [node.id, node]));
  const old = new Map(previous.map((node) => [node.id, node]));
  return graph.groups.flatMap((group) => {
    const members = group.steps.flatMap((id) => byId.get(id) ?? []);
    if (members.length === 0) return [];
    const next = groupNode(group, members);
    const was = old.get(group.id);
    if (!was) return [next];
    const isSame =
      was.data.group === group &&
      was.position.x === next.position.x &&
      was.position.y === next.position.y &&
      was.width === next.width &&
      was.height === next.height &&
      was.data.types.join() === next.data.types.join();
    // A group that was folded or opened has other handles: it is measured anew.
    const isTurned = was.data.group.isCollapsed !== group.isCollapsed;
    const measured = next.measured ?? (isTurned ? undefined : was.measured);
    return [isSame ? was : { ...next, selected: was.selected, measured }];
  });
}

function groupNode(group: GraphGroup, members: readonly StepNode[]): GroupNode {
  const boxes = members.map(({ position, measured }) => ({
    ...position,
    width: measured?.width ?? cardWidth,
    height: measured?.height ?? unmeasuredHeight,
  }));
  const data = { group, types: members.map((node) => node.data.step.type) };
  const card = { id: group.id, type: "frame" as const, className: clickable, data };
  if (group.isCollapsed) {
    const position = { x: Math.min(...boxes.map(({ x }) => x)), y: Math.min(...boxes.map(({ y }) => y)) };
    return { ...card, position };
  }
  const { x, y, ...size } = frameAround(boxes);
  return {
    ...card,
    position: { x, y },
    ...size,
    measured: size,
    // Below all steps, also while it is chosen: React Flow lifts what is chosen by 1000.
    zIndex: -2000,
    // Only the title takes the pointer: what lies in the frame is drawn, dragged and panned as if there were no frame.
    style: { pointerEvents: "none" },
    dragHandle: ".group-title",
  };
}

const noGroups: GroupNode[] = [];

/** Steps in a collapsed group are not drawn; the group's id by each of them. */
export function hiddenSteps(graph: Graph): ReadonlyMap<string, string> {
  return new Map(
    (graph.groups ?? [])
      .filter((group) => group.isCollapsed)
      .flatMap((group) => group.steps.map((step) => [step, group.id] as const)),
  );
}

/** Lines into and out of a collapsed group end at its card; those inside are not drawn. */
export function throughGroups(edges: readonly StepEdge[], hidden: ReadonlyMap<string, string>): StepEdge[] {
  return edges.map((edge) => {
    const from = hidden.get(edge.source);
    const to = hidden.get(edge.target);
    if (!from && !to) return edge;
    return {
      ...edge,
      hidden: from !== undefined && from === to,
      ...(from ? { source: from, sourceHandle: "out" } : {}),
      ...(to ? { target: to } : {}),
    };
  });
}

/**
 * Steps that were dragged into a frame join its group, and those dragged out of theirs leave it. A group that was moved as a
 * whole stays together. `frames` are as they were before the drag.
 */
export function regroup(
  graph: Graph,
  dragged: readonly string[],
  frames: readonly GroupNode[],
  sizes: ReadonlyMap<string, Size>,
): Graph {
  return graph.nodes
    .filter((node) => dragged.includes(node.id))
    .reduce((rest, { id, position }) => {
      const size = sizes.get(id) ?? { width: cardWidth, height: unmeasuredHeight };
      const middle = { x: position.x + size.width / 2, y: position.y + size.height / 2 };
      const home = groupOf(graph, id);
      if (home?.steps.every((step) => dragged.includes(step))) return rest;
      const frame = frames.find((candidate) => !candidate.data.group.isCollapsed && holds(candidate, middle));
      if (frame) return joinGroup(rest, frame.id, [id]);
      return home ? leaveGroups(rest, [id]) : rest;
    }, graph);
}

const holds = ({ position, width = 0, height = 0 }: GroupNode, { x, y }: Point): boolean =>
  x > position.x && x < position.x + width && y > position.y && y < position.y + height;
