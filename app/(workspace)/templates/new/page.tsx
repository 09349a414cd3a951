import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { GalleryScreen } from "#components/templates/gallery-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const texts = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await texts())("templates.gallery.crumb") });

export default async function Page() {
  const { me } = await viewer();
  // The server refuses the act as well; the gallery would only lead into that refusal.
  if (!me?.verbs.includes("edit-templates")) redirect("/templates");
  const t = await texts();
  return (
    <>
      <TopBar crumbs={[{ label: t("templates.title"), href: "/templates" }, { label: t("templates.gallery.crumb") }]} />
      <GalleryScreen />
    </>
  );
}
