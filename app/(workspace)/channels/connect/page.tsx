import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { ConnectScreen } from "#components/channel-setup/connect-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const words = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await words())("channelSetup.connectTitle"),
});

export default async function Page() {
  const { me } = await viewer();
  if (!me?.verbs.includes("manage-channels")) notFound();
  const t = await words();
  return (
    <>
      <TopBar
        crumbs={[{ label: t("channelSetup.title"), href: "/channels" }, { label: t("channelSetup.connectTitle") }]}
      />
      <ConnectScreen />
    </>
  );
}
