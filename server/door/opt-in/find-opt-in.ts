import { eq } from "drizzle-orm";
import { contact, optInLink, workspace } from "#db/schema/index.ts";
import type { Door } from "../door.ts";

/** An opt-in link with what its page needs to know. */
export type FoundOptIn = {
  link: typeof optInLink.$inferSelect;
  company: string;
  consentMonths: number | null;
  locale: string | null;
  workspaceLanguage: string;
};

/** Null for a code nobody was given. */
export async function findOptIn(door: Door, code: string): Promise<FoundOptIn | null> {
  if (!/^[0-9A-Za-z]{22}$/.test(code)) return null;
  const [found] = await door.db
    .select({
      link: optInLink,
      company: workspace.name,
      consentMonths: workspace.consentMonths,
      locale: contact.locale,
      workspaceLanguage: workspace.language,
    })
    .from(optInLink)
    .innerJoin(workspace, eq(workspace.id, optInLink.workspaceId))
    .innerJoin(contact, eq(contact.id, optInLink.contactId))
    .where(eq(optInLink.code, code));
  return found ?? null;
}
