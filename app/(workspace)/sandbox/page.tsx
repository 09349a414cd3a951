import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { SandboxPhonesScreen } from "#components/sandbox-phones/sandbox-phones-screen.tsx";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("sandboxPhones.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page() {
  const { me, env } = await viewer();
  if (!env.isDemo || !me) notFound();
  return (
    <>
      <TopBar crumbs={[{ label: await title() }]} />
      <SandboxPhonesScreen businessName={me.workspace.name} />
    </>
  );
}
