import type { AidColour } from "#flow/graph.ts";
import {
  addGroup,
  addNote,
  changeGroup,
  changeNote,
  groupOf,
  leaveGroups,
  removeGroups,
  removeNotes,
  revealSteps,
} from "./aid-edits.ts";
import type { EditorTools } from "./editor-store.ts";
import { type Point, removeNodes } from "./graph-edits.ts";

/** Notes and groups: what is drawn around the steps. Each act is one entry of the undo history. */
export function createAidActions({ get, set, commit, newId }: EditorTools) {
  return {
    /** An empty note at this place, ready to be written. */
    addNote(author: string, position: Point): void {
      if (!get().canEdit) return;
      const note = { id: newId(), text: "", colour: "amber" as const, author, position };
      commit(addNote(get().graph, note), { select: [note.id] });
      set({ editing: note.id });
    },

    /** A note left without a word is no note. */
    writeNote(id: string, text: string): void {
      const words = text.trim();
      const note = get().graph.notes?.find((candidate) => candidate.id === id);
      if (note?.text === words && words) return;
      commit(words ? changeNote(get().graph, id, { text: words }) : removeNotes(get().graph, [id]));
    },

    colourNote: (id: string, colour: AidColour) => commit(changeNote(get().graph, id, { colour })),
    deleteNote: (id: string) => commit(removeNotes(get().graph, [id]), { select: [] }),

    /** Frames these steps under a name and lets it be changed at once. */
    group(steps: readonly string[], name: string): void {
      if (steps.length === 0 || !get().canEdit) return;
      const group = { id: newId(), name, colour: "grey" as const, steps: [...steps] };
      commit(addGroup(get().graph, group), { select: [group.id] });
      set({ editing: group.id });
    },

    renameGroup(id: string, name: string): void {
      const group = get().graph.groups?.find((candidate) => candidate.id === id);
      if (group && group.name !== name.trim()) commit(changeGroup(get().graph, id, { name: name.trim() }));
    },
    colourGroup: (id: string, colour: AidColour) => commit(changeGroup(get().graph, id, { colour })),
    ungroup: (ids: readonly string[]) => commit(removeGroups(get().graph, ids), { select: stepsOf(get, ids) }),
    leaveGroup: (step: string) => commit(leaveGroups(get().graph, [step])),

    foldGroup(id: string, isCollapsed: boolean): void {
      commit(changeGroup(get().graph, id, { isCollapsed }), { select: [id] });
    },

    /** The group goes with all its steps; the flow closes behind them. */
    deleteGroup(id: string): void {
      commit(removeNodes(get().graph, stepsOf(get, [id]), newId), { select: [] });
    },

    /** Opens the group that hides a step. */
    reveal: (step: string) => commit(revealSteps(get().graph, [step])),

    /** The groups that hold all or some of the chosen steps. */
    groupsOfSelection: (): string[] => {
      const { graph, flowNodes, flowGroups } = get();
      const chosen = flowGroups.filter((node) => node.selected).map((node) => node.id);
      const around = flowNodes.filter((node) => node.selected).flatMap((node) => groupOf(graph, node.id)?.id ?? []);
      return [...new Set([...chosen, ...around])];
    },

    setEditing: (editing: string | null) => set({ editing }),
  };
}

const stepsOf = (get: EditorTools["get"], ids: readonly string[]): string[] =>
  (get().graph.groups ?? []).filter((group) => ids.includes(group.id)).flatMap((group) => group.steps);
