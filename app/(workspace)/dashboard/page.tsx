import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { DashboardScreen } from "#components/dashboard/dashboard-screen.tsx";
import { localClock } from "#flow/local-time.ts";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("dashboard.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page() {
  const { me, now } = await viewer();
  if (!me?.verbs.includes("see-dashboard")) notFound();
  return (
    <>
      <TopBar crumbs={[{ label: await title() }]} />
      <DashboardScreen today={localClock(now.getTime(), me.workspace.timezone).day} />
    </>
  );
}
