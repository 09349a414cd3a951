import type { Metadata } from "next";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { ApprovalsScreen } from "#components/approvals/approvals-screen.tsx";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("approvals.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page() {
  return (
    <>
      <TopBar crumbs={[{ label: await title() }]} />
      <ApprovalsScreen />
    </>
  );
}
