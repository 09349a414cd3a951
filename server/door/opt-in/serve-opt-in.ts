import type { IncomingMessage, ServerResponse } from "node:http";
import { languageOf, languagesAccepted } from "#server/public-texts.ts";
import { answerHtml } from "../answer.ts";
import type { Door } from "../door.ts";
import { answerClosedLink } from "../links/closed-page.ts";
import { readBody } from "../read-body.ts";
import { type FoundOptIn, findOptIn } from "./find-opt-in.ts";
import { keepOptIn } from "./keep-opt-in.ts";
import { askedPurposes, optInPage, optInThanks } from "./opt-in-page.ts";

const formBytes = 4 * 1024;
const longestUserAgent = 200;

/** `GET /o/{code}`: asks a person what they agree to. Looking at it changes nothing; who has answered is thanked again. */
export async function showOptIn(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findOpen(door, code, request, response);
  if (found) answerHtml(response, 200, optInPage(languageFor(request, found), found.company, { isMissing: false }));
}

/** `POST /o/{code}`: takes the answer, once. */
export async function receiveOptIn(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findOpen(door, code, request, response);
  if (!found) return;
  const language = languageFor(request, found);
  const form = new URLSearchParams((await readBody(request, formBytes)).toString("utf8"));
  const purposes = askedPurposes.filter((purpose) => form.getAll("purpose").includes(purpose));
  if (purposes.length === 0) return answerHtml(response, 400, optInPage(language, found.company, { isMissing: true }));
  const userAgent = (request.headers["user-agent"] ?? "").slice(0, longestUserAgent);
  const kept = await keepOptIn(door, found, { purposes, language, userAgent });
  answerHtml(response, 200, optInThanks(language, found.company, { liftedStop: kept?.liftedStop ?? false }));
}

/** The link, if it still waits for an answer; else the page that says why not has been answered. */
async function findOpen(
  door: Door,
  code: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<FoundOptIn | null> {
  const found = await findOptIn(door, code);
  if (!found) answerClosedLink(request, response, "unknown", null);
  else if (found.link.usedAt)
    answerHtml(response, 200, optInThanks(languageFor(request, found), found.company, { liftedStop: false }));
  else if (found.link.expiresAt <= door.clock.now()) answerClosedLink(request, response, "expired", null);
  else return found;
  return null;
}

const languageFor = (request: IncomingMessage, found: FoundOptIn) =>
  languageOf(found.locale, ...languagesAccepted(request), found.workspaceLanguage);
