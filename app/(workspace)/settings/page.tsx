import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { SettingsScreen } from "#components/settings/settings-screen.tsx";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("settings.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page() {
  const { me } = await viewer();
  if (!me?.verbs.includes("see-settings")) notFound();
  return (
    <>
      <TopBar crumbs={[{ label: await title() }]} />
      <SettingsScreen />
    </>
  );
}
