import { desc, eq } from "drizzle-orm";
import { createTranslator } from "use-intl/core";
import { optInForm, workspace } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import en from "#messages/en.json" with { type: "json" };
import fr from "#messages/fr.json" with { type: "json" };
import { readSendingNumber } from "../channels/sending-number.ts";
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

function suggestTexts(company: string): FormInput["texts"] {
  const textOf = (locale: "en" | "fr", messages: typeof en) => {
    const say = createTranslator({ locale, messages, namespace: "optIn" });
    return {
      title: say("title", { company }),
      intro: say("intro"),
      wordings: Object.fromEntries(
        consentPurposes.map((purpose) => [purpose, say(`wordings.${purpose}`, { company })]),
      ),
    };
  };
  return { en: textOf("en", en), fr: textOf("fr", fr) };
}
