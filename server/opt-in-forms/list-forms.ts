import { desc, eq } from "drizzle-orm";
import { formLanguages, optInForm, workspace } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import { readSendingNumber } from "../channels/sending-number.ts";
import { publicTexts } from "../public-texts.ts";
import type { Actor } from "../trpc.ts";
import type { FormInput } from "./form-input.ts";

/** A workspace has a page a campaign; the newest are shown. */
const mostForms = 200;

/** The workspace's opt-in forms with their addresses and counts, and the texts that a new one begins with. */
export async function listForms({ db, session, env }: Actor) {
  const { workspaceId } = session;
  const [company] = await db.select({ name: workspace.name }).from(workspace).where(eq(workspace.id, workspaceId));
  const forms = await db
    .select({
      id: optInForm.id,
      code: optInForm.code,
      name: optInForm.name,
      source: optInForm.source,
      purposes: optInForm.purposes,
      texts: optInForm.texts,
      privacyUrl: optInForm.privacyUrl,
      signUps: optInForm.signUps,
      confirmed: optInForm.confirmed,
      createdAt: optInForm.createdAt,
      closedAt: optInForm.closedAt,
    })
    .from(optInForm)
    .where(eq(optInForm.workspaceId, workspaceId))
    .orderBy(desc(optInForm.createdAt), desc(optInForm.id))
    .limit(mostForms);
  return {
    forms: forms.map(({ code, ...form }) => ({ ...form, url: `${env.publicUrl}/o/${code}` })),
    /** Without a number nobody can confirm, so the page asks nobody. */
    hasNumber: (await readSendingNumber(db, workspaceId)) !== undefined,
    suggestion: suggestTexts(company?.name ?? ""),
  };
}

/** What a page begins with in each language it may speak, in the order in which they are offered. */
const suggestTexts = (company: string): FormInput["texts"] =>
  Object.fromEntries(
    formLanguages.map((language) => {
      const say = publicTexts.optIn(language);
      const wordings = consentPurposes.map((purpose) => [purpose, say(`wordings.${purpose}`, { company })]);
      return [
        language,
        { title: say("title", { company }), intro: say("intro"), wordings: Object.fromEntries(wordings) },
      ];
    }),
  );
