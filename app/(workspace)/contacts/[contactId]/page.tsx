import { TopBar } from "#components/app-shell/top-bar.tsx";
import { ContactScreen } from "#components/contacts/contact-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

export default async function Page({ params }: { params: Promise<{ contactId: string }> }) {
  const [{ language }, { contactId }] = await Promise.all([viewer(), params]);
  return (
    <>
      <TopBar crumbs={[{ label: translatorOf(language)("contacts.title"), href: "/contacts" }]} />
      <ContactScreen contactId={contactId} />
    </>
  );
}
