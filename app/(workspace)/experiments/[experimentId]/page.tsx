import type { Metadata } from "next";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { ExperimentScreen } from "#components/experiments/experiment-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const texts = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await texts())("experiments.one") });

export default async function Page({ params }: { params: Promise<{ experimentId: string }> }) {
  const t = await texts();
  return (
    <>
      <TopBar crumbs={[{ label: t("experiments.title"), href: "/experiments" }, { label: t("experiments.one") }]} />
      <ExperimentScreen experimentId={(await params).experimentId} />
    </>
  );
}
