import { nodeTypeOf } from "#flow/nodes/index.ts";
import type { Fix } from "#flow/prove/fix.ts";
import type { EditorTools } from "./editor-store.ts";
import { connect, removeEdges } from "./graph-edits.ts";
import type { createStepActions } from "./step-actions.ts";

type StepActions = Pick<
  ReturnType<typeof createStepActions>,
  "add" | "deleteStep" | "deleteEdge" | "setData" | "setSettings"
>;

/** What a finding offers to do about itself: one edit, so that one undo takes it back. */
export function createFixActions({ get, commit, newId }: EditorTools, steps: StepActions) {
  return {
    applyFix(fix: Fix): void {
      switch (fix.kind) {
        case "remove-step":
          steps.deleteStep(fix.nodeId);
          break;
        case "remove-edge":
          steps.deleteEdge(fix.edgeId);
          break;
        case "add-step":
          steps.add(fix.type, { from: fix.from, position: null });
          break;
        case "connect":
          commit(connect(get().graph, fix.from, fix.target, newId()));
          break;
        case "change-step":
          steps.setData(fix.nodeId, fix.data);
          break;
        case "change-settings":
          steps.setSettings(fix.settings);
          break;
        case "remove-branch":
          removeBranch(fix);
          break;
      }
    },
  };

  function removeBranch({ nodeId, field, id }: Extract<Fix, { kind: "remove-branch" }>): void {
    const { graph } = get();
    const node = graph.nodes.find((candidate) => candidate.id === nodeId);
    const list = node?.data[field];
    if (!node || !Array.isArray(list) || !nodeTypeOf(node.type)) return;
    const data = { ...node.data, [field]: list.filter((entry: unknown) => !hasId(entry, id)) };
    const lost = graph.edges.filter((edge) => edge.source === nodeId && edge.sourceHandle === id);
    const nodes = graph.nodes.map((other) => (other === node ? { ...node, data } : other));
    commit(
      removeEdges(
        { ...graph, nodes },
        lost.map((edge) => edge.id),
      ),
    );
  }
}

const hasId = (entry: unknown, id: string): boolean =>
  entry !== null && typeof entry === "object" && Reflect.get(entry, "id") === id;
