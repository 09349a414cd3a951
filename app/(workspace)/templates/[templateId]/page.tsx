import type { Metadata } from "next";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { TemplateEditor } from "#components/templates/template-editor.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const texts = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await texts())("templates.editor.title") });

export default async function Page({ params }: { params: Promise<{ templateId: string }> }) {
  const t = await texts();
  return (
    <>
      <TopBar crumbs={[{ label: t("templates.title"), href: "/templates" }, { label: t("templates.editor.title") }]} />
      <TemplateEditor templateId={(await params).templateId} />
    </>
  );
}
