import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { OptInFormsScreen } from "#components/opt-in-forms/opt-in-forms-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const translator = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await translator())("optInForms.title") });

export default async function Page() {
  const { me } = await viewer();
  if (!me?.verbs.includes("see-contacts")) notFound();
  const t = await translator();
  return (
    <>
      <TopBar crumbs={[{ label: t("contacts.title"), href: "/contacts" }, { label: t("optInForms.title") }]} />
      <OptInFormsScreen />
    </>
  );
}
