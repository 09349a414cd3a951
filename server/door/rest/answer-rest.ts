import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { Json } from "#flow/json.ts";
import { isAllowed } from "#server/auth/permissions.ts";
import { DomainError } from "#server/errors.ts";
import { answerJson, answerJsonText } from "../answer.ts";
import type { Door } from "../door.ts";
import { findJsonFault } from "../ingest/find-json-fault.ts";
import { parseBody } from "../ingest/parse-body.ts";
import { explain } from "../ingest/refusal.ts";
import { plainBody, readBody } from "../read-body.ts";
import { answerOnce } from "./answer-once.ts";
import { type BodyLimits, bodyLimits, type Route } from "./define-route.ts";
import { hashOf, type KeptAnswer, type KeyedCall, readIdempotencyKey } from "./idempotency.ts";
import { openApi } from "./open-api.ts";
import { type RestActor, restActor } from "./rest-actor.ts";
import { findRoute } from "./routes.ts";

/** Answers one REST call. The workspace is the key's; what belongs to another is not found. */
export async function answerRest(
  door: Door,
  pathname: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (pathname === "/v1/openapi.json") return answerJson(response, 200, openApi(door.env.publicUrl));
  const found = findRoute(request.method ?? "", pathname);
  if (!found) throw new DomainError("not-found", "There is nothing at this address. See /v1/openapi.json.");
  const { route, params } = found;
  const actor = await restActor(door, request, route);
  if (!isAllowed(actor.session.role, route.verb)) throw new DomainError("not-allowed", "This key may not do this.");
  // An id of the wrong form is an id nobody has.
  const known = route.params.safeParse(params);
  if (!known.success) throw new DomainError("not-found", "There is nothing with this id in this workspace.");
  const key = route.method === "POST" ? readIdempotencyKey(request.headers["idempotency-key"]) : null;
  const bytes = route.body ? await readBytes(request, route.limits ?? bodyLimits) : Buffer.alloc(0);
  const input = {
    params: known.data,
    query: read(route.query, Object.fromEntries(query), "bad-input"),
    body: route.body && read(route.body, readJson(bytes, route.limits ?? bodyLimits), "refused"),
  };
  const run = (caller: RestActor) => runRoute(route, caller, input);
  if (key === null) return send(response, { ...(await run(actor)), isRepeat: false });
  const call: KeyedCall = {
    workspaceId: actor.session.workspaceId,
    route: `${route.method} ${route.path}`,
    key,
    bodyHash: hashOf(request.url ?? "", bytes),
  };
  send(response, await answerOnce(door, call, (callId) => run({ ...actor, callId })));
}

/** What brings events waits for a group commit, which has limits of its own; everything else needs a place. */
async function runRoute(route: Route, actor: RestActor, input: Parameters<Route["run"]>[1]): Promise<KeptAnswer> {
  const run = () => route.run(actor, input);
  const result = route.takesWriteKeys ? await run() : await actor.door.room.enter(run);
  return { status: route.status, text: JSON.stringify(result) };
}

function send(response: ServerResponse, { status, text, isRepeat }: KeptAnswer & { isRepeat: boolean }) {
  answerJsonText(response, status, text, isRepeat ? { "idempotent-replayed": "true" } : {});
}

/** The value as the schema wants it, or a refusal that names every problem and its path. */
function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: "bad-input" | "refused",
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 50)
    .map((issue) => ({ path: issue.path.join("."), rule: issue.code, message: issue.message }));
  const what = code === "refused" ? "The body is not what this call takes" : "The query is not what this call takes";
  throw new DomainError(code, `${what}: ${problems[0]?.path || "whole"}: ${problems[0]?.message}`, { problems });
}

const readBytes = async (request: IncomingMessage, { bytes }: BodyLimits): Promise<Buffer> =>
  plainBody(await readBody(request, bytes), bytes);

function readJson(bytes: Buffer, limits: BodyLimits): Json {
  if (!isUtf8(bytes)) throw new DomainError("bad-input", "The body is not UTF-8.", { reason: "invalid-text" });
  const { json, suspicions } = parseBody(bytes);
  const fault = findJsonFault(json, suspicions, limits);
  if (fault) throw new DomainError("bad-input", explain(fault), fault);
  return json;
}
