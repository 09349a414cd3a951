import { eq } from "drizzle-orm";
import { type FormLanguage, formLanguages, optInForm, workspace } from "#db/schema/index.ts";
import { readSendingNumber } from "#server/channels/sending-number.ts";
import type { Door } from "../door.ts";

/** A form with what its page needs to know. `number`: digits of the number to which people write to confirm. */
export type FoundForm = {
  form: typeof optInForm.$inferSelect;
  company: string;
  workspaceLanguage: string;
  number: string;
  languages: FormLanguage[];
};

/** Null for a code nobody was given, a form that is closed, and a workspace that has no number to write to. */
export async function findForm(door: Door, code: string): Promise<FoundForm | null> {
  const [found] = await door.db
    .select({ form: optInForm, company: workspace.name, workspaceLanguage: workspace.language })
    .from(optInForm)
    .innerJoin(workspace, eq(workspace.id, optInForm.workspaceId))
    .where(eq(optInForm.code, code));
  if (!found || found.form.closedAt !== null) return null;
  const number = await readSendingNumber(door.db, found.form.workspaceId);
  const digits = number?.phone.replace(/\D/g, "");
  if (!digits) return null;
  const languages = formLanguages.filter((language) => found.form.texts[language]);
  return { ...found, number: digits, languages };
}
