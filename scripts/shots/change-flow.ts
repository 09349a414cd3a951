import type { Page } from "@playwright/test";
import { z } from "zod";
import { Graph } from "#flow/graph.ts";
import { askVerb, callVerb } from "../testing/verbs.ts";

const Listed = z.object({ flows: z.array(z.object({ id: z.string(), name: z.string() })) });
const Opened = z.object({ revision: z.number(), draft: Graph, name: z.string() });

/**
 * As the signed-in maker: takes a step out of the KYC flow, adds one, changes two and a setting, writes a note, draws a group, and asks for approval. Once a demo:
 * a flow that was changed already stays as it is. Answers the flow's id.
 */
export async function changeFlow(page: Page): Promise<string> {
  const session = { request: page.request, url: new URL(page.url()).origin };
  const { flows } = Listed.parse(await askVerb(session, "flows.list", {}));
  const flowId = flows.find(({ name }) => name.startsWith("KYC"))?.id ?? "";
  const { revision, draft, name } = Opened.parse(await askVerb(session, "flows.get", { flowId }));
  if (draft.nodes.some(({ id }) => id === "snooze")) return flowId;
  await callVerb(session, "flows.saveDraft", { flowId, revision, name, graph: changed(draft) });
  await callVerb(session, "approvals.askForFlow", {
    flowId,
    revision: revision + 1,
    why: "Half of those who upload do it within half a day of the second message. We remind sooner, and a tag tells the branch who is waiting.",
  });
  return flowId;
}

function changed(draft: Graph): Graph {
  const place = (id: string) => draft.nodes.find((node) => node.id === id)?.position ?? { x: 0, y: 0 };
  const second = place("second");
  const snooze = {
    id: "snooze",
    type: "update-contact",
    title: "Tag for the branch",
    position: { x: second.x + 340, y: second.y - 130 },
    data: { changes: [{ op: "add-tag", tag: "kyc-late" }] },
  };
  const nodes = draft.nodes
    .filter(({ id }) => id !== "wait-2")
    .map((node) => {
      if (node.id === "wait-1") return { ...node, data: { ...node.data, timeout: { amount: 12, unit: "hours" } } };
      if (node.id === "hand-off")
        return {
          ...node,
          data: {
            ...node.data,
            priority: "urgent",
            note: "The document is still missing after two messages, or the customer asked for help.",
          },
        };
      return node;
    });
  const edges = draft.edges.filter(
    ({ source, target, sourceHandle }) =>
      source !== "wait-2" && target !== "wait-2" && !(source === "wait-1" && sourceHandle === "timeout"),
  );
  return {
    ...draft,
    nodes: [...nodes, snooze],
    notes: [
      {
        ...{ id: "privacy", colour: "amber", author: "Mariam Keïta" },
        text: "Never ask for the document in the chat. Only the signed link.",
        position: { x: place("trigger").x - 240, y: place("trigger").y },
      },
    ],
    groups: [{ id: "again", name: "Second reminder", colour: "blue", steps: ["second"] }],
    edges: [
      ...edges,
      { id: "to-snooze", source: "wait-1", sourceHandle: "timeout", target: "snooze" },
      { id: "to-second", source: "snooze", sourceHandle: "next", target: "second" },
      { id: "to-people", source: "second", sourceHandle: "next", target: "hand-off" },
    ],
    settings: { ...draft.settings, reEntry: { mode: "after-days", days: 30 } },
  };
}
