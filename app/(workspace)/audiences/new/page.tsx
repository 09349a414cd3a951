import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { NewSegmentScreen } from "#components/audiences/segment-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const texts = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await texts())("audiences.builder.newTitle"),
});

export default async function Page() {
  const { me } = await viewer();
  if (!me?.verbs.includes("edit-audiences")) redirect("/audiences");
  const t = await texts();
  return (
    <>
      <TopBar
        crumbs={[{ label: t("audiences.title"), href: "/audiences" }, { label: t("audiences.builder.newTitle") }]}
      />
      <NewSegmentScreen />
    </>
  );
}
