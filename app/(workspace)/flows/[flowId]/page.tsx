import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FlowEditorScreen } from "#components/flow-editor/flow-editor-screen.tsx";
import { serverCaller, viewer } from "../../../viewer.ts";
import { findFlow } from "./find-flow.ts";
import { testPeople } from "./test-people.ts";

type PageProps = { params: Promise<{ flowId: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await findFlow((await params).flowId))?.name };
}

export default async function Page({ params }: PageProps) {
  const { flowId } = await params;
  const [{ me }, caller, flow] = await Promise.all([viewer(), serverCaller(), findFlow(flowId)]);
  if (!flow || !me) notFound();
  const [catalog, events, attributes, { policy }, people] = await Promise.all([
    caller.flows.catalog(),
    caller.flows.eventNames(),
    caller.contacts.attributes(),
    caller.settings.read(),
    testPeople(caller, me.verbs),
  ]);
  return <FlowEditorScreen key={flow.id} {...{ flow, catalog, events, attributes, people, policy }} />;
}
