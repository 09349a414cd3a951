import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FlowEditorScreen } from "#components/flow-editor/flow-editor-screen.tsx";
import { serverCaller, viewer } from "../../../viewer.ts";
import { testPeople } from "./test-people.ts";

type PageProps = { params: Promise<{ flowId: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await findFlow((await params).flowId))?.name };
}

export default async function Page({ params }: PageProps) {
  const { flowId } = await params;
  const [{ me }, caller, flow] = await Promise.all([viewer(), serverCaller(), findFlow(flowId)]);
  if (!flow || !me) notFound();
  const [catalog, events, people] = await Promise.all([
    caller.flows.catalog(),
    caller.flows.eventNames(),
    testPeople(caller, me.verbs),
  ]);
  return <FlowEditorScreen key={flow.id} flow={flow} catalog={catalog} events={events} people={people} />;
}

/** The flow, or null for an id that is none of this workspace's. */
async function findFlow(flowId: string) {
  const caller = await serverCaller();
  return caller.flows.get({ flowId }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST"))
      return null;
    throw error;
  });
}
