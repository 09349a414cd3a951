import type { Metadata } from "next";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { WhyScreen } from "#components/contacts/why/why-screen.tsx";
import { translatorOf } from "../../../../messages.ts";
import { viewer } from "../../../../viewer.ts";

const title = async () => translatorOf((await viewer()).language)("why.title");

export const generateMetadata = async (): Promise<Metadata> => ({ title: await title() });

export default async function Page({ params }: { params: Promise<{ contactId: string }> }) {
  const [{ language }, { contactId }] = await Promise.all([viewer(), params]);
  const t = translatorOf(language);
  return (
    <>
      <TopBar crumbs={[{ label: t("contacts.title"), href: "/contacts" }, { label: t("why.title") }]} />
      <WhyScreen contactId={contactId} />
    </>
  );
}
