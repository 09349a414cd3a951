import type { Metadata } from "next";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { ExperimentsScreen } from "#components/experiments/experiments-screen.tsx";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("experiments.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page() {
  return (
    <>
      <TopBar crumbs={[{ label: await title() }]} />
      <ExperimentsScreen />
    </>
  );
}
