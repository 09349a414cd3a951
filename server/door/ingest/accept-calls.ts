import type { IncomingMessage, ServerResponse } from "node:http";
import type { Json, JsonObject } from "#flow/json.ts";
import { DomainError, httpStatusOf } from "#server/errors.ts";
import type { KeyHolder } from "../access-keys.ts";
import { answerJsonText, jsonHeaders } from "../answer.ts";
import type { Door } from "../door.ts";
import { plainBody, readBody } from "../read-body.ts";
import type { Arrival } from "./arrival.ts";
import { findJsonFault, type Suspicions } from "./find-json-fault.ts";
import { eventLimits } from "./limits.ts";
import { parseBody } from "./parse-body.ts";
import { type CallType, readEvent, type Sender } from "./read-event.ts";
import { explain, type Refusal } from "./refusal.ts";
import { keyInHeaders, signIn } from "./write-key.ts";

/** Nearly every body begins with it, and then it is not packed. */
const openingBrace = 0x7b;
const success = '{"success":true,"rejected":[],"warnings":[]}';
const successHeaders = jsonHeaders(success);

/** `POST /v1/track` and its five siblings: one event, answered after it is stored. A bad event is a 400 that names the path. */
export async function acceptCall(door: Door, type: CallType, request: IncomingMessage, response: ServerResponse) {
  const { holder, body, bytes } = await receive(door, request);
  if (bytes > eventLimits.eventBytes)
    throw new DomainError("too-large", "An event may have 32 kB.", { maxBytes: eventLimits.eventBytes });
  const { json, suspicions } = body;
  const item = isObject(json) ? { ...json, type } : json;
  const read = readItems(door, [item], suspicions, holder, undefined, bytes);
  await store(door, read);
  door.metrics.events(1 - read.rejected.length, read.rejected.length);
  const [refusal] = read.rejected;
  if (refusal) refuse(refusal);
  answerRead(response, read);
}

/** `POST /v1/batch`: up to 500 events; each is taken or refused on its own, and the answer lists the refused ones. */
export async function acceptBatch(door: Door, request: IncomingMessage, response: ServerResponse) {
  const { holder, body, bytes } = await receive(door, request);
  const { json, suspicions } = body;
  if (!isObject(json) || !Array.isArray(json.batch)) {
    throw new DomainError("bad-input", 'A batch reads like {"batch": [...]}.', {
      reason: "invalid-batch",
      path: "batch",
    });
  }
  if (json.batch.length > eventLimits.batchItems) {
    throw new DomainError("too-large", "A batch may have 500 events.", { maxItems: eventLimits.batchItems });
  }
  const read = readItems(door, json.batch, suspicions, holder, json.sentAt, bytes);
  await store(door, read);
  door.metrics.events(json.batch.length - read.rejected.length, read.rejected.length);
  answerRead(response, read);
}

function answerRead(response: ServerResponse, { rejected, warnings }: ReadItems) {
  if (rejected.length > 0 || warnings.length > 0) {
    answerJsonText(response, 200, JSON.stringify({ success: true, rejected, warnings }));
    return;
  }
  response.writeHead(200, successHeaders);
  response.end(success);
}

/** The key in a header is checked before the body is read; a key in the body has to wait for it. */
async function receive(door: Door, request: IncomingMessage) {
  const key = keyInHeaders(request);
  let holder = key === null ? null : await signIn(door, key);
  const raw = await readBody(request, eventLimits.batchBytes);
  const plain = raw[0] === openingBrace ? raw : await plainBody(raw, eventLimits.batchBytes);
  const body = parseBody(plain);
  holder ??= await signIn(
    door,
    isObject(body.json) && typeof body.json.writeKey === "string" ? body.json.writeKey : "",
  );
  return { holder, body, bytes: plain.length };
}

type ReadItems = { arrivals: Arrival[]; places: Map<Arrival, number>; rejected: Refusal[]; warnings: Refusal[] };

function readItems(
  door: Door,
  items: Json[],
  suspicions: Suspicions,
  holder: KeyHolder,
  sentAt: Json | undefined,
  bodyBytes: number,
): ReadItems {
  const sender: Sender = {
    workspaceId: holder.workspaceId,
    country: holder.country,
    receivedAt: door.clock.now().getTime(),
    sentAt,
  };
  const read: ReadItems = { arrivals: [], places: new Map(), rejected: [], warnings: [] };
  items.forEach((item, index) => {
    const fault = findJsonFault(item, suspicions) ?? findSizeFault(item, bodyBytes);
    const result = fault ? { fault } : readEvent(item, sender);
    if ("fault" in result) {
      read.rejected.push({ index, messageId: messageIdOf(item), ...result.fault });
      return;
    }
    read.arrivals.push(result.arrival);
    read.places.set(result.arrival, index);
    for (const warning of result.warnings)
      read.warnings.push({ index, messageId: result.arrival.messageId, ...warning });
  });
  return read;
}

/** A body below the limit holds no event above it: only large batches are measured event by event. */
function findSizeFault(item: Json, bodyBytes: number) {
  if (bodyBytes <= eventLimits.eventBytes) return null;
  return Buffer.byteLength(JSON.stringify(item)) > eventLimits.eventBytes
    ? ({ reason: "too-large", path: "" } as const)
    : null;
}

/** Waits for the commit. What the database refuses joins the rejected, in the order of the batch. */
async function store(door: Door, read: ReadItems): Promise<void> {
  if (read.arrivals.length === 0) return;
  const refused = await door.arrivals.submit(read.arrivals);
  if (refused.size === 0) return;
  for (const arrival of read.arrivals) {
    if (!refused.has(arrival)) continue;
    read.rejected.push({
      index: read.places.get(arrival) ?? 0,
      messageId: arrival.messageId,
      reason: "not-storable",
      path: "",
    });
  }
  read.rejected.sort((a, b) => a.index - b.index);
}

function refuse(refusal: Refusal): never {
  const { reason, path, messageId } = refusal;
  const code = reason === "too-large" ? "too-large" : "bad-input";
  throw new DomainError(code, explain(refusal), { reason, path, messageId, status: httpStatusOf[code] });
}

const isObject = (json: Json): json is JsonObject => typeof json === "object" && json !== null && !Array.isArray(json);

const messageIdOf = (item: Json): string | null =>
  isObject(item) && typeof item.messageId === "string" && item.messageId.length <= eventLimits.messageIdLength
    ? item.messageId.toWellFormed().replaceAll("\0", "")
    : null;
