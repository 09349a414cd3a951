import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { HealthScreen } from "#components/health/health-screen.tsx";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("health.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page() {
  const { me } = await viewer();
  if (!me?.verbs.includes("see-health")) notFound();
  return (
    <>
      <TopBar crumbs={[{ label: await title() }]} />
      <HealthScreen />
    </>
  );
}
