"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Standing } from "#components/approval-ask/approval.ts";
import type { InsideStep } from "#components/move-people/use-move-plan.ts";
import type { ContactFacts } from "#flow/contact.ts";
import type { SendPolicy } from "#flow/gate/policy.ts";
import type { Graph } from "#flow/graph.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import type { MovePlan } from "#flow/move-plan.ts";

/** Whether the stored draft may go live, and who could let it. `isLive`: it is what runs already. */
export type FlowStanding = Standing & { isLive: boolean };

export type EventSample = { name: string; sample: JsonObject | null };

export type ContactAttribute = { name: string; sample: Json | null; values: readonly string[] | null };

/** A person to try the flow with. `masked` stands beside the name and is never a whole number. */
export type TestPerson = { id: string; name: string; masked: string; facts: ContactFacts };

/** The outside of the editor: what it may look up and what it can ask the server for. Errors carry `code` and `detail`. */
export type EditorWorld = {
  flowId: string;
  status: string;
  running: { number: number; graph: Graph } | null;
  /** Templates that WhatsApp has stopped, with how many people of the flow hold for each. */
  heldFor: { templateId: string; name: string; people: number }[];
  events: readonly EventSample[];
  /** What is known of contacts, with a sample and, where they are few, the values there are. */
  attributes: readonly ContactAttribute[];
  /** They come after the page. */
  people: Promise<readonly TestPerson[]>;
  /** The workspace's rules for what leaves: the flow's own come on top. */
  policy: SendPolicy;
  canPublish: boolean;
  workspaceName: string;
  workspaceTimezone: string;
  saveDraft: (input: { revision: number; graph: Graph; name: string }) => Promise<SaveResult>;
  publish: (revision: number, graph: Graph) => Promise<{ version: number; status: "active" | "paused" | "held" }>;
  /** Has the approved draft go live at a time, and takes that back. */
  planPublish: (revision: number, at: Date) => Promise<void>;
  cancelPublish: () => Promise<void>;
  /** When the draft goes live by itself; null: it does not. */
  scheduled: { at: Date } | null;
  /** Who is on their way, step by step, with what is proposed for them when the stored draft goes live. */
  readInside: () => Promise<InsideStep[]>;
  /** Where the approval of the stored draft stands. */
  readStanding: () => Promise<FlowStanding>;
  /** Asks the others that exactly this revision may go live. */
  askApproval: (revision: number, ask: { why: string; plan: MovePlan | null; at: Date | null }) => Promise<void>;
  /** Says that this editor is open, and answers who else has the flow open now. */
  markPresence: () => Promise<{ userId: string; name: string }[]>;
  /** Keeps the graph as a new flow beside this one; answers its address. */
  keepAsCopy: (graph: Graph, name: string) => Promise<string>;
};

export type SaveResult =
  | { kind: "saved"; revision: number }
  | { kind: "conflict"; theirs: { revision: number; graph: Graph; updatedBy: string } };

const Context = createContext<EditorWorld | null>(null);

export function EditorWorldProvider({ world, children }: { world: EditorWorld; children: ReactNode }) {
  return <Context value={world}>{children}</Context>;
}

export function useEditorWorld(): EditorWorld {
  const world = useContext(Context);
  if (!world) throw new Error("The flow editor needs its world: wrap it in EditorWorldProvider.");
  return world;
}
