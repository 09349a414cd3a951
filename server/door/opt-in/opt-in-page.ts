import type { FormLanguage } from "#db/schema/index.ts";
import type { ConsentPurpose } from "#flow/gate/consent.ts";
import { publicTexts } from "#server/public-texts.ts";
import { html, type Markup, nothing, renderPage } from "../page.ts";

/** What the page asks about; alerts about fraud and payments are covered by service. */
export const askedPurposes = ["service", "marketing"] as const satisfies readonly ConsentPurpose[];
export type AskedPurpose = (typeof askedPurposes)[number];

/** The very words beside a box: what is kept as the wording of the consent. */
export const wordingOf = (language: FormLanguage, company: string, purpose: AskedPurpose): string =>
  publicTexts.optIn(language)(`wordings.${purpose}`, { company });

/** The form on which a person says what they agree to. No box is ticked beforehand (GDPR, recital 32). */
export function optInPage(language: FormLanguage, company: string, { isMissing }: { isMissing: boolean }): string {
  const say = publicTexts.optIn(language);
  const boxes = askedPurposes.map(
    (purpose) =>
      html`<div class="choice"><input type="checkbox" id="${purpose}" name="purpose" value="${purpose}"><label for="${purpose}">${wordingOf(language, company, purpose)}</label></div>`,
  );
  const problem: Markup = isMissing ? html`<div class="problem" role="alert">${say("missing")}</div>` : nothing;
  const content = html`<h1>${say("title", { company })}</h1><p>${say("intro")}</p>${problem}
<form method="post"><fieldset><legend>${say("legend")}</legend>${boxes}</fieldset>
<button type="submit">${say("agree")}</button>
<p class="hint">${say("stop")}</p></form>`;
  return renderPage({ language, title: say("title", { company }), company, content });
}

/** `liftedStop`: they had stopped all messages, and get them again. */
export function optInThanks(language: FormLanguage, company: string, { liftedStop }: { liftedStop: boolean }): string {
  const say = publicTexts.optIn(language);
  const content = html`<h1 role="status">${say("thanks.title")}</h1><p>${say("thanks.text", { company })}</p>${liftedStop ? html`<p>${say("thanks.stopLifted")}</p>` : nothing}`;
  return renderPage({ language, title: say("thanks.title"), company, content });
}
