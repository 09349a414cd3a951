import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { ChannelScreen } from "#components/channel-setup/channel-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const words = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await words())("channelSetup.title") });

export default async function Page({ params }: { params: Promise<{ channelId: string }> }) {
  const { me } = await viewer();
  if (!me?.verbs.includes("see-channels")) notFound();
  const t = await words();
  return (
    <>
      <TopBar crumbs={[{ label: t("channelSetup.title"), href: "/channels" }, { label: t("channelSetup.one") }]} />
      <ChannelScreen channelId={(await params).channelId} />
    </>
  );
}
