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
  const caller = await serverCaller();
  const [{ me }, flow, catalog, events, attributes, { policy }] = await Promise.all([
    viewer(),
    findFlow(flowId),
    caller.flows.catalog(),
    caller.flows.eventNames(),
    caller.contacts.attributes(),
    caller.settings.read(),
  ]);
  if (!flow || !me) notFound();
  // Nobody needs them before the test bench opens: the page does not wait for them.
  const people = testPeople(caller, me.verbs);
  return <FlowEditorScreen key={flow.id} {...{ flow, catalog, events, attributes, people, policy }} />;
}
