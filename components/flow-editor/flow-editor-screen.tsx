"use client";

import { TRPCClientError } from "@trpc/client";
import { useMemo, useState } from "react";
import { z } from "zod";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPCClient } from "#components/trpc-provider/trpc-provider.tsx";
import type { SendPolicy } from "#flow/gate/policy.ts";
import { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import type { ContactAttribute, EditorWorld, EventSample, SaveResult, TestPerson } from "./editor-world.tsx";
import { FlowEditor } from "./flow-editor.tsx";

type FlowEditorScreenProps = {
  flow: {
    id: string;
    name: string;
    status: string;
    revision: number;
    draft: Graph;
    updatedAt: Date;
    version: { number: number; graph: Graph } | null;
    scheduled: { at: Date } | null;
    heldFor: { templateId: string; name: string; people: number }[];
  };
  catalog: Catalog;
  events: EventSample[];
  people: Promise<TestPerson[]>;
  attributes: ContactAttribute[];
  policy: SendPolicy;
};

/** Joins the editor to the server: what it opens with, and the calls behind saving and publishing. */
export function FlowEditorScreen({ flow, catalog, events, people, attributes, policy }: FlowEditorScreenProps) {
  const { can, workspace } = useSession();
  const [running, setRunning] = useState(flow.version);
  const [status, setStatus] = useState(flow.status);
  const [scheduled, setScheduled] = useState(flow.scheduled);
  const client = useTRPCClient();
  const calls = useCalls(flow.id);
  const world: EditorWorld = {
    ...calls,
    flowId: flow.id,
    status,
    running,
    heldFor: flow.heldFor,
    events,
    people,
    attributes,
    policy,
    canPublish: can("publish-flows"),
    workspaceName: workspace.name,
    workspaceTimezone: workspace.timezone,
    scheduled,
    planPublish: async (revision, at) => {
      setScheduled(await client.flows.planPublish.mutate({ flowId: flow.id, revision, at }));
    },
    cancelPublish: async () => {
      await client.flows.cancelPublish.mutate({ flowId: flow.id });
      setScheduled(null);
    },
    publish: async (revision, graph) => {
      const published = await calls.publish(revision);
      setScheduled(null);
      setRunning({ number: published.version, graph });
      setStatus(published.status);
      return published;
    },
  };
  const canEdit = can("edit-flows") && flow.status !== "archived";
  const seed = {
    graph: flow.draft,
    name: flow.name,
    catalog: { ...catalog, flowId: flow.id },
    canEdit,
    revision: flow.revision,
    savedAt: flow.updatedAt.getTime(),
  };
  return <FlowEditor seed={seed} world={world} />;
}

const Conflict = z.object({ revision: z.number(), graph: Graph, updatedBy: z.string() });

function useCalls(flowId: string) {
  const client = useTRPCClient();
  return useMemo(
    () => ({
      saveDraft: async (input: { revision: number; graph: Graph; name: string }): Promise<SaveResult> => {
        try {
          const { revision } = await client.flows.saveDraft.mutate({ flowId, ...input });
          return { kind: "saved", revision };
        } catch (error) {
          const theirs = Conflict.safeParse(error instanceof TRPCClientError ? error.data?.detail : null);
          if (theirs.success) return { kind: "conflict", theirs: theirs.data };
          throw error;
        }
      },
      publish: (revision: number) => client.flows.publish.mutate({ flowId, revision }),
      readStanding: () => client.approvals.ofFlow.query({ flowId }),
      readInside: () => client.flows.inside.query({ flowId }),
      askApproval: async (revision: number, ask: Parameters<EditorWorld["askApproval"]>[1]) => {
        await client.approvals.askForFlow.mutate({ flowId, revision, ...ask });
      },
      markPresence: () => client.flows.markPresence.mutate({ flowId }),
      keepAsCopy: async (graph: Graph, name: string) => {
        const copy = await client.flows.import.mutate({ name: name.slice(0, 120), graph });
        return `/flows/${copy.flowId}`;
      },
    }),
    [client, flowId],
  );
}
