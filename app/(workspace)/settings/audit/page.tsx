import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { AuditScreen } from "#components/audit-log/audit-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const words = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await words())("auditLog.title") });

export default async function Page() {
  const { me } = await viewer();
  if (!me?.verbs.includes("see-audit")) notFound();
  const t = await words();
  return (
    <>
      <TopBar crumbs={[{ label: t("settings.title"), href: "/settings" }, { label: t("auditLog.title") }]} />
      <AuditScreen />
    </>
  );
}
