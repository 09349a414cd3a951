import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "#server/errors.ts";
import { answerHtml, answerJson } from "../answer.ts";
import type { Door } from "../door.ts";
import { answerClosedLink, languageFor } from "../links/closed-page.ts";
import { type FoundLink, findLink } from "../links/find-link.ts";
import { readBody } from "../read-body.ts";
import { keepDocument } from "./keep-document.ts";
import { type FileProblem, maxFileBytes, readFile } from "./read-file.ts";
import { thanksPage, uploadPage } from "./upload-page.ts";

/** Boundaries and the other field of the form. */
const formBytes = 64 * 1024;

/** `GET /u/{code}`: the page on which a customer gives a document. Looking at it uses nothing up. */
export async function showUpload(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findOpen(door, code, request, response);
  if (found) answerHtml(response, 200, uploadPage(languageFor(request, found), found.company, null));
}

/** `POST /u/{code}`: takes the document, once. A browser gets pages, anything else JSON. */
export async function receiveUpload(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findOpen(door, code, request, response);
  if (!found) return;
  const file = await readFileOf(request);
  if (typeof file === "string") return answerProblem(request, response, found, file);
  if (!(await keepDocument(door, found, file))) return answerClosedLink(request, response, "used", found);
  if (!wantsPage(request)) return answerJson(response, 200, { success: true });
  answerHtml(response, 200, thanksPage(languageFor(request, found), found.company));
}

/** The link, if it is an upload link that is still good; else the page that says why not has been answered. */
async function findOpen(
  door: Door,
  code: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<FoundLink | null> {
  const found = await findLink(door, code);
  const isUpload = found?.link.kind === "upload";
  const why = !isUpload
    ? "unknown"
    : found.link.usedAt
      ? "used"
      : found.link.expiresAt <= door.clock.now()
        ? "expired"
        : null;
  if (why === null) return found;
  answerClosedLink(request, response, why, isUpload ? found : null);
  return null;
}

async function readFileOf(request: IncomingMessage) {
  try {
    const body = await readBody(request, maxFileBytes + formBytes);
    return await readFile(body, request.headers["content-type"] ?? "");
  } catch (error) {
    if (error instanceof DomainError && error.code === "too-large") return "too-large" satisfies FileProblem;
    throw error;
  }
}

const statusOf: Record<FileProblem, number> = { empty: 400, "too-large": 413, "wrong-type": 415, "not-a-form": 415 };

function answerProblem(request: IncomingMessage, response: ServerResponse, found: FoundLink, problem: FileProblem) {
  // The rest of a file that is too large is not read.
  if (!request.complete) response.setHeader("connection", "close");
  if (wantsPage(request))
    return answerHtml(response, statusOf[problem], uploadPage(languageFor(request, found), found.company, problem));
  answerJson(response, statusOf[problem], {
    error: { code: problem, message: "Send one pdf, jpg, png or heic file of at most 10 MB." },
  });
}

const wantsPage = (request: IncomingMessage): boolean => (request.headers.accept ?? "").includes("text/html");
