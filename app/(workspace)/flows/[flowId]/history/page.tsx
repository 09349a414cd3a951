import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
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
  const [caller, flow, { language }] = await Promise.all([serverCaller(), findFlow(flowId), viewer()]);
  if (!flow) notFound();
  const t = translatorOf(language);
  const [versions, catalog] = await Promise.all([caller.flows.versions({ flowId }), caller.flows.catalog()]);
  return (
    <>
      <TopBar
        crumbs={[
          { label: t("flows.title"), href: "/flows" },
          { label: flow.name, href: `/flows/${flow.id}` },
          { label: t("flowHistory.title") },
        ]}
      />
      <div className="flex h-[calc(100dvh-48px)] min-h-0 flex-col">
        <FlowHistoryScreen key={`${flow.id} ${flow.revision}`} {...{ flow, versions, catalog }} />
      </div>
    </>
  );
}
