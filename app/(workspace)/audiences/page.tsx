import type { Metadata } from "next";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { AudiencesScreen } from "#components/audiences/audiences-screen.tsx";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("audiences.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page() {
  return (
    <>
      <TopBar crumbs={[{ label: await title() }]} />
      <AudiencesScreen />
    </>
  );
}
