import type { FormLanguage } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import { publicTexts } from "#server/public-texts.ts";
import { html, type Markup, nothing, renderPage } from "../page.ts";
import type { FoundForm } from "./find-form.ts";

/** What keeps an answer from being taken: a key under `optIn.form.problems`. */
export type FormProblem = "phone" | "nothing" | "too-many";

/** What somebody has filled in, to be shown again beside a problem. */
export type Filled = { phone: string; purposes: readonly string[] };

const nameOf: Record<FormLanguage, string> = {
  en: "English",
  fr: "Français",
  es: "Español",
  pt: "Português",
  hi: "हिन्दी",
};

/** The form: what is asked, a number, and what becomes of it. No box is ticked beforehand (GDPR, recital 32). */
export function formPage(
  { form, company, languages }: FoundForm,
  language: FormLanguage,
  { problem, filled }: { problem: FormProblem | null; filled: Filled },
): string {
  const say = publicTexts.optIn(language);
  const text = form.texts[language];
  const boxes = consentPurposes
    .filter((purpose) => form.purposes.includes(purpose))
    .map((purpose): Markup => {
      const isTicked = filled.purposes.includes(purpose) ? html` checked` : nothing;
      return html`<div class="choice"><input type="checkbox" id="${purpose}" name="purpose" value="${purpose}"${isTicked}><label for="${purpose}">${text?.wordings[purpose] ?? ""}</label></div>`;
    });
  const wrong = problem
    ? html`<div class="problem" role="alert" id="problem">${say(`form.problems.${problem}`)}</div>`
    : nothing;
  const isWrong = problem === "phone" ? html` aria-invalid="true" aria-describedby="problem"` : nothing;
  const privacy = form.privacyUrl
    ? html` <a href="${form.privacyUrl}" rel="noopener noreferrer" target="_blank">${say("form.privacy")}</a>`
    : nothing;
  const content = html`${languageSwitch(languages, language)}<h1>${text?.title ?? form.name}</h1><p>${text?.intro ?? ""}</p>${wrong}
<form method="post"><input type="hidden" name="language" value="${language}">
<div><label for="phone">${say("form.phone")}</label><input type="tel" id="phone" name="phone" autocomplete="tel" inputmode="tel" required maxlength="40" value="${filled.phone}"${isWrong}><p class="hint">${say("form.phoneHelp")}</p></div>
<div class="away" aria-hidden="true"><label for="website">Website</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<fieldset><legend>${say("legend")}</legend>${boxes}</fieldset>
<button type="submit">${say("form.signUp")}</button>
<p class="hint">${say("form.legal", { company })}${privacy}</p></form>`;
  return renderPage({ language, title: text?.title ?? form.name, company, content });
}

/** The step that is left: the owner of the number writes to the workspace, so nobody signs up somebody else. */
export function confirmPage({ company, number }: FoundForm, language: FormLanguage, code: string): string {
  const say = publicTexts.optIn(language);
  const words = say("form.confirm.message", { code });
  const address = `https://wa.me/${number}?text=${encodeURIComponent(words)}`;
  const content = html`<h1 role="status">${say("form.confirm.title")}</h1><p>${say("form.confirm.text", { company })}</p>
<p class="quoted">${words}</p><a class="button" href="${address}" rel="noopener noreferrer">${say("form.confirm.open")}</a>
<p class="hint">${say("form.confirm.byHand", { number: `+${number}` })}</p>`;
  return renderPage({ language, title: say("form.confirm.title"), company, content });
}

function languageSwitch(languages: readonly FormLanguage[], current: FormLanguage): Markup {
  if (languages.length < 2) return nothing;
  const links = languages.map((language) => {
    const isCurrent = language === current ? html` aria-current="true"` : nothing;
    return html`<a href="?language=${language}" hreflang="${language}" lang="${language}"${isCurrent}>${nameOf[language]}</a>`;
  });
  return html`<nav class="languages" aria-label="${publicTexts.optIn(current)("form.languages")}">${links}</nav>`;
}
