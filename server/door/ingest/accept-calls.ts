import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "#server/errors.ts";
import { answerJsonText, jsonHeaders } from "../answer.ts";
import type { Door } from "../door.ts";
import { plainBody, readBody } from "../read-body.ts";
import { eventLimits } from "./limits.ts";
import { parseBody } from "./parse-body.ts";
import type { CallType } from "./read-call.ts";
import { isObject, refuse, type TakenItems, takeItems } from "./take-items.ts";
import { keyInHeaders, signIn } from "./write-key.ts";

/** Nearly every body begins with it, and then it is not packed. */
const openingBrace = 0x7b;
const success = '{"success":true,"rejected":[],"warnings":[]}';
const successHeaders = jsonHeaders(success);

/** `POST /v1/track` and its five siblings: one event, answered after it is stored. A bad event is a 400 that names the path. */
export async function acceptCall(door: Door, type: CallType, request: IncomingMessage, response: ServerResponse) {
  const { holder, body, bytes, traceparent } = await receive(door, request);
  if (bytes > eventLimits.eventBytes)
    throw new DomainError("too-large", "An event may have 32 kB.", { maxBytes: eventLimits.eventBytes });
  const { json, suspicions } = body;
  const item = isObject(json) ? { ...json, type } : json;
  const taken = await takeItems(door, holder, [item], { suspicions, sentAt: undefined, bytes, traceparent });
  const [refusal] = taken.rejected;
  if (refusal) refuse(refusal);
  answerTaken(response, taken);
}

/** `POST /v1/batch`: up to 500 events; each is taken or refused on its own, and the answer lists the refused ones. */
export async function acceptBatch(door: Door, request: IncomingMessage, response: ServerResponse) {
  const { holder, body, bytes, traceparent } = await receive(door, request);
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
  answerTaken(
    response,
    await takeItems(door, holder, json.batch, { suspicions, sentAt: json.sentAt, bytes, traceparent }),
  );
}

function answerTaken(response: ServerResponse, { rejected, warnings }: TakenItems) {
  if (rejected.length > 0 || warnings.length > 0) {
    answerJsonText(response, 200, JSON.stringify({ success: true, rejected, warnings }));
    return;
  }
  response.writeHead(200, successHeaders);
  response.end(success);
}

/** The key in a header, and its pace, are checked before the body is read; a key in the body has to wait for it. */
async function receive(door: Door, request: IncomingMessage) {
  const key = keyInHeaders(request);
  let holder = key === null ? null : await signIn(door, key);
  if (holder) door.pace.admit(holder);
  const raw = await readBody(request, eventLimits.batchBytes);
  const plain = raw[0] === openingBrace ? raw : await plainBody(raw, eventLimits.batchBytes);
  const body = parseBody(plain);
  if (!holder) {
    holder = await signIn(
      door,
      isObject(body.json) && typeof body.json.writeKey === "string" ? body.json.writeKey : "",
    );
    door.pace.admit(holder);
  }
  const { traceparent } = request.headers;
  return { holder, body, bytes: plain.length, traceparent: typeof traceparent === "string" ? traceparent : undefined };
}
