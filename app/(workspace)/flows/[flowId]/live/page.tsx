import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { LiveScreen } from "#components/flow-live/live-screen.tsx";
import { translatorOf } from "../../../../messages.ts";
import { serverCaller, viewer } from "../../../../viewer.ts";
import { findFlow } from "../find-flow.ts";

type PageProps = { params: Promise<{ flowId: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = translatorOf((await viewer()).language);
  return { title: t("flowLive.page", { name: (await findFlow((await params).flowId))?.name ?? "" }) };
}

export default async function Page({ params }: PageProps) {
  const { flowId } = await params;
  const [caller, flow] = await Promise.all([serverCaller(), findFlow(flowId)]);
  if (!flow) notFound();
  const { version } = flow;
  // What never ran has nobody in it.
  if (!version) redirect(`/flows/${flowId}`);
  return (
    <LiveScreen key={`${flow.id} ${version.id}`} flow={{ ...flow, version }} catalog={await caller.flows.catalog()} />
  );
}
