import type { IncomingMessage, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { DomainError } from "#server/errors.ts";
import { doorRouteOf } from "#server/observe/door-metrics.ts";
import { metricsContentType, refuseMetrics } from "#server/observe/metrics-gate.ts";
import { answerError, answerJson } from "./answer.ts";
import type { Door } from "./door.ts";
import { answerHandshake, receiveWebhook } from "./hooks/receive-webhook.ts";
import { acceptBatch, acceptCall } from "./ingest/accept-calls.ts";
import { callTypes } from "./ingest/read-call.ts";
import { answerTrouble } from "./links/closed-page.ts";
import { followLink } from "./links/follow-link.ts";
import { serveMedia } from "./media/serve-media.ts";
import { receiveOptIn, showOptIn } from "./opt-in/serve-opt-in.ts";
import { isFormCode, receiveForm, showForm } from "./opt-in-form/serve-form.ts";
import { answerRest } from "./rest/answer-rest.ts";
import { receiveUpload, showUpload } from "./uploads/serve-upload.ts";

/** Answers one request, whatever happens: refusals with their reason, faults of ours logged with an id and told as 500. */
export async function handleRequest(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const start = performance.now();
  try {
    await route(door, request, response);
  } catch (error) {
    await answerFailure(door, error, request, response);
  } finally {
    door.metrics.answered(doorRouteOf(request.url), response.statusCode, performance.now() - start);
  }
}

async function answerFailure(
  { log }: Door,
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof DomainError && error.code === "too-many") await slowDown(request);
  // The rest of an oversized body is thrown away, and the connection ends with the answer.
  if (!request.complete) {
    response.setHeader("connection", "close");
    await awaitRest(request);
  }
  const { status } = isPage(request) ? answerTrouble(request, response, error) : answerError(response, error);
  if (status >= 500)
    log.error({ error: error instanceof Error ? error.message : String(error), status }, "a request failed");
}

/** As long as an honest sender takes for a body of some megabytes; who goes on longer is cut off. */
const restMs = 2_000;

/**
 * Lets a sender finish before the answer: a connection that is closed while it still writes is reset, and the sender never reads why
 * it was refused.
 */
const awaitRest = (request: IncomingMessage): Promise<void> =>
  finished(request.resume(), { signal: AbortSignal.timeout(restMs) }).catch(() => undefined);

/**
 * Who sends too much has to wait for the refusal too: a sender that tries again at once would else cost its neighbours nearly as
 * much as with its events. The connection is kept, a new one would cost more.
 */
async function slowDown(request: IncomingMessage): Promise<void> {
  request.resume();
  await delay(250);
}

async function route(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = addressOf(request);
  const [, area = "", first = "", second = "", third = ""] = pathname.split("/");
  if (area === "v1") {
    const call = eventCall(first);
    if (!call) return answerRest(door, pathname, new URLSearchParams(search), request, response);
    only(request, "POST");
    return call === "batch" ? acceptBatch(door, request, response) : acceptCall(door, call, request, response);
  }
  if (area === "hooks" && first === "meta") {
    const path = { channelId: second, hookToken: third };
    if (request.method === "GET") return answerHandshake(door, path, new URLSearchParams(search), response);
    only(request, "POST");
    return receiveWebhook(door, path, request, response);
  }
  if (area === "r") {
    only(request, "GET", "HEAD");
    return door.room.enter(() => followLink(door, first, request, response));
  }
  if (area === "u") {
    only(request, "GET", "HEAD", "POST");
    const serve = request.method === "POST" ? receiveUpload : showUpload;
    return door.room.enter(() => serve(door, first, request, response));
  }
  if (area === "o") {
    only(request, "GET", "HEAD", "POST");
    const [receive, show] = isFormCode(first) ? [receiveForm, showForm] : [receiveOptIn, showOptIn];
    const serve = request.method === "POST" ? receive : show;
    return door.room.enter(() => serve(door, first, request, response));
  }
  if (area === "media") {
    only(request, "GET", "HEAD");
    return serveMedia(door, first, request, response);
  }
  if (area === "health") return answerHealth(door, response);
  if (area === "metrics") return answerMetrics(door, request, response);
  throw new DomainError("not-found", "There is nothing at this address.");
}

const eventCall = (name: string) => (name === "batch" ? name : callTypes.find((word) => word === name));

/** The path without query and trailing slash. Never throws: what cannot be read is an address nobody has. */
function addressOf({ url = "/" }: IncomingMessage): { pathname: string; search: string } {
  const [path = "/", search = ""] = url.split("?", 2);
  return { pathname: path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path, search };
}

/** Addresses that customers open: trouble there is a page, not JSON. */
const isPage = (request: IncomingMessage): boolean => /^\/[ruo]\//.test(request.url ?? "");

function only(request: IncomingMessage, ...methods: string[]) {
  if (!methods.includes(request.method ?? ""))
    throw new DomainError("not-found", `Use ${methods.join(" or ")} at this address.`);
}

async function answerHealth(door: Door, response: ServerResponse): Promise<void> {
  const isThere = await door.pool.query("select 1").then(
    () => true,
    () => false,
  );
  const body = { status: isThere ? "ok" : "unavailable", database: isThere ? "ok" : "away" };
  answerJson(response, isThere ? 200 : 503, body);
}

async function answerMetrics(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refuseMetrics(door.env.metricsKey, request.headers.authorization);
  if (refusal) response.writeHead(refusal).end();
  else response.writeHead(200, { "content-type": metricsContentType }).end(await door.metrics.text());
}
