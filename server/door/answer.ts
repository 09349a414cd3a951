import type { ServerResponse } from "node:http";
import { DomainError, type ErrorCode, httpStatusOf, isDatabaseAway } from "#server/errors.ts";

export type Headers = Record<string, string>;

/** Every answer says that it is not for caches or sniffing; pages add their own policy. */
const always: Headers = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** The headers of an answer of which many are alike, written out once. */
export const jsonHeaders = (text: string): Headers => ({
  ...always,
  "content-type": "application/json; charset=utf-8",
  "content-length": String(Buffer.byteLength(text)),
});

/** Ends the response with ready-made JSON text. */
export function answerJsonText(response: ServerResponse, status: number, text: string, headers: Headers = {}) {
  response.writeHead(status, { ...jsonHeaders(text), ...headers });
  response.end(text);
}

export const answerJson = (response: ServerResponse, status: number, value: unknown, headers: Headers = {}) =>
  answerJsonText(response, status, JSON.stringify(value), headers);

export function answerText(response: ServerResponse, status: number, text: string, headers: Headers = {}) {
  response.writeHead(status, {
    ...always,
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** A page of our own: no script, styles inline, nothing loaded from elsewhere, not to be framed. */
export function answerHtml(response: ServerResponse, status: number, html: string) {
  response.writeHead(status, {
    ...always,
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(html),
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
  });
  response.end(html);
}

/** What an error is to the caller: status and body, never a stack or SQL. */
export type ErrorAnswer = {
  status: number;
  code: ErrorCode | "internal";
  message: string;
  detail: Record<string, unknown>;
  headers: Headers;
};

export function errorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof DomainError) {
    const { code, message, detail } = error;
    return { status: httpStatusOf[code], code, message, detail, headers: headersOf(code, detail) };
  }
  if (isDatabaseAway(error) || isTimeout(error)) {
    const message = "The database is away. Nothing is lost if you send it again in a moment.";
    return { status: 503, code: "unavailable", message, detail: {}, headers: headersOf("unavailable", {}) };
  }
  return {
    status: 500,
    code: "internal",
    message: "Something went wrong here. It has been logged.",
    detail: {},
    headers: {},
  };
}

/** Ends the response with the error in the form all our JSON doors use. */
export function answerError(response: ServerResponse, error: unknown): ErrorAnswer {
  const answer = errorAnswer(error);
  answerJsonText(response, answer.status, errorText(answer), answer.headers);
  return answer;
}

export const errorText = ({ code, message, detail }: ErrorAnswer): string =>
  JSON.stringify({ error: { code, message, detail } });

const headersOf = (code: ErrorCode, detail: Record<string, unknown>): Headers => {
  const retryAfter = detail.retryAfterSeconds ?? (code === "unavailable" ? 2 : undefined);
  if (retryAfter !== undefined) return { "retry-after": String(retryAfter) };
  return code === "not-signed-in" ? { "www-authenticate": 'Basic realm="Chasqui", Bearer realm="Chasqui"' } : {};
};

const isTimeout = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && String(error.code) === "57014";
