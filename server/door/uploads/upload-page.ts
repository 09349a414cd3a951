import type { FormLanguage } from "#db/schema/index.ts";
import { publicTexts } from "#server/public-texts.ts";
import { html, type Markup, nothing, renderPage } from "../page.ts";
import { documentTypes, type FileProblem } from "./read-file.ts";

/** The form by which a customer gives a document, with what was wrong with the last try. */
export function uploadPage(language: FormLanguage, company: string, problem: FileProblem | null): string {
  const say = publicTexts.upload(language);
  const options = documentTypes.map((type) => html`<option value="${type}">${say(`types.${type}`)}</option>`);
  const content = html`<h1>${say("title")}</h1><p>${say("intro", { company })}</p>${problemBox(problem && say(`problems.${problem}`))}
<form method="post" enctype="multipart/form-data">
<div><label for="documentType">${say("type")}</label><select id="documentType" name="documentType">${options}</select></div>
<div><label for="file">${say("file")}</label><input id="file" name="file" type="file" required accept=".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/jpeg,image/png,image/heic" aria-describedby="hint"><p class="hint" id="hint">${say("hint")}</p></div>
<button type="submit">${say("send")}</button>
<p class="hint">${say("safety")}</p></form>`;
  return renderPage({ language, title: say("title"), company, content });
}

export function thanksPage(language: FormLanguage, company: string): string {
  const say = publicTexts.upload(language);
  const content = html`${tick}<h1 role="status">${say("thanks.title")}</h1><p>${say("thanks.text", { company })}</p>`;
  return renderPage({ language, title: say("thanks.title"), company, content });
}

const problemBox = (text: string | null): Markup =>
  text ? html`<div class="problem" role="alert">${text}</div>` : nothing;

const tick: Markup = {
  html: '<svg class="mark" viewBox="0 0 40 40" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="20" cy="20" r="18"/><path d="m12.5 20.5 5 5 10-11"/></svg>',
};
