import type { IncomingMessage, ServerResponse } from "node:http";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { FormLanguage } from "#db/schema/index.ts";
import { languageOf, languagesAccepted } from "#server/public-texts.ts";
import { answerHtml } from "../answer.ts";
import type { Door } from "../door.ts";
import { answerClosedLink } from "../links/closed-page.ts";
import { readBody } from "../read-body.ts";
import { callerAddress } from "./caller-address.ts";
import { type FoundForm, findForm } from "./find-form.ts";
import { confirmPage, type FormProblem, formPage } from "./form-page.ts";
import { keepSignUp } from "./keep-sign-up.ts";

const formBytes = 8 * 1024;
const longestUserAgent = 200;

export const isFormCode = (code: string): boolean => /^[0-9A-Za-z]{10}$/.test(code);

/** `GET /o/{code}` of a form: what is asked. `?language=` switches. Looking at it changes nothing. */
export async function showForm(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findForm(door, code);
  if (!found) return answerClosedLink(request, response, "unknown", null);
  const wished = new URLSearchParams((request.url ?? "").split("?", 2)[1] ?? "").get("language");
  const language = languageFor(request, found, wished);
  answerHtml(response, 200, formPage(found, language, { problem: null, filled: { phone: "", purposes: [] } }));
}

/** `POST /o/{code}` of a form: keeps the number until its owner confirms it. */
export async function receiveForm(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findForm(door, code);
  if (!found) return answerClosedLink(request, response, "unknown", null);
  const given = new URLSearchParams((await readBody(request, formBytes)).toString("utf8"));
  const language = languageFor(request, found, given.get("language"));
  const filled = { phone: (given.get("phone") ?? "").slice(0, 40), purposes: given.getAll("purpose") };
  const refuse = (status: number, problem: FormProblem) =>
    answerHtml(response, status, formPage(found, language, { problem, filled }));

  const country = parsePhoneNumberFromString(`+${found.number}`)?.country;
  const phone = parsePhoneNumberFromString(filled.phone, country);
  if (!phone?.isValid()) return refuse(400, "phone");
  const text = found.form.texts[language];
  const ticked = found.form.purposes.filter((purpose) => filled.purposes.includes(purpose));
  const wordings = Object.fromEntries(ticked.map((purpose) => [purpose, text?.wordings[purpose] ?? ""]));
  if (ticked.length === 0) return refuse(400, "nothing");
  const userAgent = (request.headers["user-agent"] ?? "").slice(0, longestUserAgent);
  const address = callerAddress(request);
  // A field that no person sees: who fills it in is a program, and learns nothing of that.
  const kept = given.get("website")
    ? { code: "22222222" }
    : await keepSignUp(door, found, { phone: phone.number, language, wordings, address, userAgent });
  if (!kept) return refuse(429, "too-many");
  answerHtml(response, 200, confirmPage(found, language, kept.code));
}

/** The one that was chosen, else the browser's, of those in which the form is written. */
function languageFor(
  request: IncomingMessage,
  { languages, workspaceLanguage }: FoundForm,
  wished: string | null,
): FormLanguage {
  const offered = [wished, ...languagesAccepted(request), workspaceLanguage].filter((locale) =>
    languages.some((language) => locale?.toLowerCase().split(/[-_]/)[0] === language),
  );
  return offered.length > 0 ? languageOf(...offered) : (languages[0] ?? "en");
}
