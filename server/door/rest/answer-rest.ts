import type { IncomingMessage, ServerResponse } from "node:http";
import { parse as parseSecurely } from "secure-json-parse";
import type { z } from "zod";
import type { Json } from "#flow/json.ts";
import { isAllowed } from "#server/auth/permissions.ts";
import { DomainError } from "#server/errors.ts";
import { answerJson } from "../answer.ts";
import type { Door } from "../door.ts";
import { findJsonFault } from "../ingest/find-json-fault.ts";
import { explain } from "../ingest/refusal.ts";
import { plainBody, readBody } from "../read-body.ts";
import { openApi } from "./open-api.ts";
import { restActor } from "./rest-actor.ts";
import { findRoute } from "./routes.ts";

const maxBytes = 2 * 1024 * 1024;
/** A graph of 500 steps has tens of thousands of keys; rules nest deeper than events. */
const bodyLimits = { depth: 64, keys: 200_000 };

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
  const actor = await restActor(door, request);
  if (!isAllowed(actor.session.role, route.verb)) throw new DomainError("not-allowed", "This key may not do this.");
  // An id of the wrong form is an id nobody has.
  const known = route.params.safeParse(params);
  if (!known.success) throw new DomainError("not-found", "There is nothing with this id in this workspace.");
  const input = {
    params: known.data,
    query: read(route.query, Object.fromEntries(query), "bad-input"),
    body: route.body && read(route.body, await readJson(request), "refused"),
  };
  answerJson(response, route.status, await route.run(actor, input));
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

async function readJson(request: IncomingMessage): Promise<Json> {
  const body = await plainBody(await readBody(request, maxBytes), maxBytes);
  const json = parseJson(body.toString("utf8"));
  const fault = findJsonFault(json, { hasEscapes: true, hasBrokenBytes: false }, bodyLimits);
  if (fault) throw new DomainError("bad-input", explain(fault), fault);
  return json;
}

function parseJson(text: string): Json {
  try {
    return parseSecurely(text);
  } catch {
    throw new DomainError("bad-input", "The body is not JSON, or holds a key that is not allowed (__proto__).", {
      reason: "invalid-json",
    });
  }
}
