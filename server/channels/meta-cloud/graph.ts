import { Agent, type Dispatcher, FormData } from "undici";
import { z } from "zod";
import type { Connection } from "../channel.ts";
import { oneAnswer } from "./one-answer.ts";

/** Pinned: Meta keeps a version for two years; v25.0 until July 2028. */
export const graphVersion = "v25.0";

const maxAnswerBytes = 1024 * 1024;

/** As many connections as a worker has messages on their way: none of them waits in line for a slow one. */
const agent = new Agent({
  connections: 320,
  keepAliveTimeout: 30_000,
  connect: { timeout: 10_000 },
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  maxResponseSize: maxAnswerBytes,
});

type GraphRefusal = { code: number; detail: string; isTransient: boolean };

/** What one call led to. `not-sent`: nothing was written; `unclear`: it was, and no valid answer came back. */
export type GraphAnswer =
  | { kind: "ok"; body: unknown }
  | { kind: "refused"; httpStatus: number; refusal: GraphRefusal | null; retryAfterMs: number | null }
  | { kind: "not-sent"; detail: string }
  | { kind: "unclear"; detail: string };

export type GraphCall = {
  path: string;
  method?: Dispatcher.HttpMethod;
  /** Bytes and forms go as they are, anything else as JSON. */
  body?: object | Buffer | FormData;
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Asked when a connection is there and nothing has been written yet. */
  mayBegin?: () => boolean;
};

/** What does not change from call to call, worked out once for each opened connection. */
const places = new WeakMap<Connection, { origin: string; prefix: string; authorization: string }>();

function placeOf(connection: Connection) {
  const known = places.get(connection);
  if (known) return known;
  const { origin, pathname } = new URL(connection.baseUrl);
  const prefix = `${pathname.replace(/\/+$/, "")}/${graphVersion}/`;
  const place = { origin, prefix, authorization: `Bearer ${connection.token}` };
  places.set(connection, place);
  return place;
}

/** One call of the Graph API. Never throws: network faults are values. Errors never quote the request, which holds phones. */
export async function callGraph(
  connection: Connection,
  { path, method = "POST", body, headers, signal, mayBegin }: GraphCall,
): Promise<GraphAnswer> {
  if (signal.aborted) return { kind: "not-sent", detail: "Stopped before the call began" };
  try {
    const isJson = !(Buffer.isBuffer(body) || body instanceof FormData);
    const { origin, prefix, authorization } = placeOf(connection);
    const options = {
      origin,
      path: `${prefix}${path}`,
      method,
      headers: { authorization, ...(isJson ? { "content-type": "application/json" } : {}), ...headers },
      body: body === undefined ? null : isJson ? JSON.stringify(body) : body,
    };
    const answer = await oneAnswer(agent, options, { signal, mayBegin });
    return readAnswer(answer.statusCode, answer.headers, parseJson(answer.text));
  } catch (error) {
    const code = codeOf(error);
    return neverConnected.has(code)
      ? { kind: "not-sent", detail: `No connection: ${code}` }
      : { kind: "unclear", detail: `No answer: ${code}` };
  }
}

/** Only these prove that no byte of the request left. */
const neverConnected = new Set([
  "BEGUN_TOO_LATE",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_INVALID_URL",
  "UND_ERR_INVALID_ARG",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  // Several addresses of one host were tried: all of them failed for a reason of their own.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

const GraphErrorBody = z.looseObject({
  error: z.looseObject({
    code: z.number().int(),
    message: z.string().default(""),
    is_transient: z.boolean().default(false),
    error_user_msg: z.string().optional(),
    error_data: z.looseObject({ details: z.string().optional() }).optional(),
  }),
});

function readAnswer(httpStatus: number, headers: Dispatcher.ResponseData["headers"], body: unknown): GraphAnswer {
  // A schema that does not fit is dear to ask, and nearly every answer holds no error.
  if (httpStatus >= 200 && httpStatus < 300 && !hasError(body)) return { kind: "ok", body };
  const error = GraphErrorBody.safeParse(body);
  if (httpStatus >= 200 && httpStatus < 300 && !error.success) return { kind: "ok", body };
  // 408: somebody on the way gave up waiting for what comes behind.
  if (!error.success && (httpStatus < 400 || httpStatus >= 500 || httpStatus === 408))
    return { kind: "unclear", detail: `HTTP ${httpStatus} without an answer of Meta's` };
  const told = error.data?.error;
  return {
    kind: "refused",
    httpStatus,
    refusal: told ? { code: told.code, detail: detailOf(told), isTransient: told.is_transient } : null,
    retryAfterMs: retryAfterMs(headers),
  };
}

const hasError = (body: unknown): boolean => typeof body === "object" && body !== null && "error" in body;

function detailOf(told: z.infer<typeof GraphErrorBody>["error"]): string {
  const detail = told.error_data?.details ?? told.error_user_msg;
  return (detail ? `${told.message}: ${detail}` : told.message).slice(0, 500);
}

/** Retry-After in seconds; else the minutes Meta estimates in its usage header. */
function retryAfterMs(headers: Dispatcher.ResponseData["headers"]): number | null {
  const seconds = Number(headers["retry-after"]);
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000;
  const minutes = /"estimated_time_to_regain_access":(\d+)/.exec(
    String(headers["x-business-use-case-usage"] ?? ""),
  )?.[1];
  return minutes && Number(minutes) > 0 ? Number(minutes) * 60_000 : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    return null;
  }
}
