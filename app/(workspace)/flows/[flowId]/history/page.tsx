import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FlowBar } from "#components/flow-bar/flow-bar.tsx";
import { FlowHistoryScreen } from "#components/flow-history/flow-history-screen.tsx";
import { translatorOf } from "../../../../messages.ts";
import { serverCaller, viewer } from "../../../../viewer.ts";
import { findFlow } from "../find-flow.ts";

type PageProps = { params: Promise<{ flowId: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = translatorOf((await viewer()).language);
  return { title: t("flowHistory.page", { name: (await findFlow((await params).flowId))?.name ?? "" }) };
}

export default async function Page({ params }: PageProps) {
  const { flowId } = await params;
  const [caller, flow] = await Promise.all([serverCaller(), findFlow(flowId)]);
  if (!flow) notFound();
  const [versions, catalog] = await Promise.all([caller.flows.versions({ flowId }), caller.flows.catalog()]);
  return (
    <div className="flex h-dvh min-h-0 flex-col overflow-hidden">
      <FlowBar flow={flow} current="history" hasVersion={flow.version !== null} />
      <div className="flex min-h-0 flex-1 flex-col">
        <FlowHistoryScreen key={`${flow.id} ${flow.revision}`} {...{ flow, versions, catalog }} />
      </div>
    </div>
  );
}
