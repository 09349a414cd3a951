import { createHash } from "node:crypto";
import type { JsonObject } from "#flow/json.ts";
import { isSameSecret } from "../../secret.ts";
import { GraphError, unknownObject } from "../graph-error.ts";
import { ok } from "../http-answer.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Call, Reply } from "../server.ts";
import { downloadMedia, getMedia, removeMedia, uploadMedia } from "./media.ts";
import { getAccount, getNumber, listNumbers } from "./numbers.ts";
import { finishUpload, openUpload } from "./resumable-upload.ts";
import { sendMessage } from "./send.ts";
import { spoil } from "./spoil.ts";
import { createTemplate, editTemplate, getTemplate, listTemplates, removeTemplates } from "./templates.ts";

const versions = { oldest: 21, newest: 26, ours: 25 };

/** Answers one Graph call: version, token, object, edge, in this order, as Meta refuses them. */
export async function answerGraph(sandbox: Sandbox, call: Call): Promise<Reply> {
  const { method, url } = call;
  try {
    const reply = await dispatch(sandbox, call);
    log(sandbox, call, typeof reply === "string" ? 0 : reply.status, null);
    return reply;
  } catch (error) {
    const graphError =
      error instanceof GraphError ? error : new GraphError(131000, error instanceof Error ? error.message : "unknown");
    log(sandbox, call, graphError.httpStatus, graphError.code);
    const trace = createHash("sha1").update(`${method}${url.pathname}${sandbox.requests.count}`).digest("base64url");
    const { retryAfterSeconds } = graphError.extra;
    return {
      status: graphError.httpStatus,
      body: graphError.body(`A${trace.slice(0, 22)}`),
      headers: {
        "x-fb-trace-id": trace,
        ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
      },
    };
  }
}

async function dispatch(sandbox: Sandbox, call: Call): Promise<Reply> {
  const parts = call.url.pathname.split("/").filter((part) => part !== "");
  const version = versionOf(parts);
  requireToken(sandbox, call);
  const [id = "", edge = ""] = parts;
  if (call.method === "POST" && id === "app" && edge === "uploads") return ok(openUpload(sandbox, call));
  if (call.method === "POST" && id.startsWith("upload:")) return ok(finishUpload(sandbox, call, id));
  if (id === "media-bytes") return downloadMedia(sandbox, call, edge);
  const { identity, world } = sandbox;
  if (id === identity.phoneNumberId) return answerNumber(sandbox, call, edge, version);
  if (id === identity.accountId) return answerAccount(sandbox, call, edge);
  if (world.templates.has(id) && edge === "") return answerTemplate(sandbox, call, id);
  if (world.media.has(id) && edge === "") {
    if (call.method === "DELETE") return ok(await removeMedia(sandbox, id));
    if (call.method === "GET") return ok(getMedia(sandbox, call, id));
  }
  throw unknownObject(id);
}

async function answerNumber(sandbox: Sandbox, call: Call, edge: string, version: number): Promise<Reply> {
  const { method } = call;
  if (method === "GET" && edge === "") return ok(getNumber(sandbox, call.url));
  if (method === "POST" && edge === "media") return ok(await uploadMedia(sandbox, call));
  if (method !== "POST" || (edge !== "messages" && edge !== "marketing_messages")) throw unknownEdge(method, edge);
  const request = readJson(call);
  const isMarketingApi = edge === "marketing_messages";
  const door = { phoneNumberId: sandbox.identity.phoneNumberId, version, isMarketingApi };
  const { body, fault } = await sendMessage(sandbox, request, door);
  return fault ? spoil(fault, body) : ok(body);
}

async function answerAccount(sandbox: Sandbox, call: Call, edge: string): Promise<Reply> {
  switch (`${call.method} ${edge}`) {
    case "GET ":
      return ok(getAccount(sandbox));
    case "GET phone_numbers":
      return ok(listNumbers(sandbox, call.url));
    case "GET message_templates":
      return ok(listTemplates(sandbox, call.url));
    case "POST message_templates":
      return ok(await createTemplate(sandbox, readJson(call)));
    case "DELETE message_templates":
      return ok(await removeTemplates(sandbox, call.url));
    default:
      throw unknownEdge(call.method, edge);
  }
}

async function answerTemplate(sandbox: Sandbox, call: Call, id: string): Promise<Reply> {
  if (call.method === "GET") return ok(getTemplate(sandbox, id, call.url));
  if (call.method === "POST") return ok(await editTemplate(sandbox, id, readJson(call)));
  throw unknownEdge(call.method, "");
}

/** Takes the version segment off; Graph allows leaving it out. */
function versionOf(parts: string[]): number {
  const match = /^v(\d+)\.(\d+)$/.exec(parts[0] ?? "");
  if (!match) return versions.ours;
  parts.shift();
  const major = Number(match[1]);
  if (major < versions.oldest || major > versions.newest) throw new GraphError(2635, null);
  return major;
}

function requireToken(sandbox: Sandbox, call: Call): void {
  const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
  const token = header ?? call.url.searchParams.get("access_token") ?? "";
  if (!isSameSecret(token, sandbox.identity.token)) throw new GraphError(190, null);
}

/** Reads the body as JSON or, as Graph also allows, as a form. */
function readJson(call: Call): JsonObject {
  const text = call.body.toString("utf8");
  const isForm =
    (call.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded") &&
    !text.trimStart().startsWith("{");
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  const value = parseOrNull(text);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new GraphError(100, "The body is not a JSON object.");
  return value as JsonObject;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const unknownEdge = (method: string, edge: string) =>
  new GraphError(100, `Unsupported ${method.toLowerCase()} request: ${edge || "this object"}`, { subcode: 33 });

function log(sandbox: Sandbox, call: Call, httpStatus: number, code: number | null): void {
  sandbox.requests.add({
    at: new Date(sandbox.clock.now()).toISOString(),
    method: call.method,
    path: call.url.pathname,
    httpStatus,
    code,
  });
}
