import type { IncomingMessage, ServerResponse } from "node:http";
import { languageOf, languagesAccepted, publicTexts } from "#server/public-texts.ts";
import { answerHtml, type ErrorAnswer, errorAnswer } from "../answer.ts";
import { html, renderPage } from "../page.ts";
import type { FoundLink } from "./find-link.ts";

/** In the person's own language when we know them, else the browser's. */
export const languageFor = (request: IncomingMessage, found: FoundLink | null) =>
  languageOf(found?.locale, ...languagesAccepted(request), found?.workspaceLanguage);

/** The page behind a link that leads nowhere any more: 404 for a code that never was, 410 for one whose time is over or that was used. */
export function answerClosedLink(
  request: IncomingMessage,
  response: ServerResponse,
  why: "unknown" | "expired" | "used",
  found: FoundLink | null,
) {
  const language = languageFor(request, found);
  const say = publicTexts.links(language);
  const title = say(`${why}.title`);
  const content = html`<h1>${title}</h1><p>${say(`${why}.text`)}</p>`;
  answerHtml(
    response,
    why === "unknown" ? 404 : 410,
    renderPage({ language, title, company: found?.company ?? null, content }),
  );
}

/** The page when we are the reason that a link does not work now. */
export function answerTrouble(request: IncomingMessage, response: ServerResponse, error: unknown): ErrorAnswer {
  const answer = errorAnswer(error);
  const language = languageFor(request, null);
  const say = publicTexts.links(language);
  const why = answer.status === 404 ? "unknown" : "away";
  const title = say(`${why}.title`);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  const content = html`<h1>${title}</h1><p>${say(`${why}.text`)}</p>`;
  answerHtml(response, answer.status, renderPage({ language, title, company: null, content }));
  return answer;
}
