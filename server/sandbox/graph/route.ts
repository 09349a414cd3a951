import { createHash } from "node:crypto";
import type { Json, JsonObject } from "#flow/json.ts";
import { isSameSecret } from "../../secret.ts";
import { accountEdges } from "../account/account-edges.ts";
import { downloadFlowJson, listAssets, uploadFlowJson } from "../account/flow-assets.ts";
import { deprecateFlow, editFlow, getFlow, publishFlow, removeFlow } from "../account/flows.ts";
import { isHistoryId, listHistoryEvents } from "../account/message-history.ts";
import { type Edge, numberEdges } from "../account/number-edges.ts";
import { readParameters } from "../account/read-parameters.ts";
import { GraphError, unknownObject } from "../graph-error.ts";
import { ok } from "../http-answer.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Call, Reply } from "../server.ts";
import { answerWithFault } from "./call-fault.ts";
import { editTemplate } from "./edit-template.ts";
import { downloadMedia, getMedia, removeMedia, uploadMedia } from "./media.ts";
import { changeNumber, getAddedNumber, getNumber } from "./numbers.ts";
import { finishUpload, openUpload } from "./resumable-upload.ts";
import { sendMessage } from "./send.ts";
import { spoil } from "./spoil.ts";
import { compareTemplates } from "./template-compare.ts";
import { listLibrary } from "./template-library.ts";
import { unpauseTemplate } from "./template-pause.ts";
import { getTemplate } from "./template-view.ts";

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
        ...usageOf(sandbox, graphError.code),
        ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
      },
    };
  }
}

/** Minutes until an account's calls are taken again (section 2.1). A full second or a hasty pair is no reason for everything else to wait. */
const minutesToWait: Record<number, number> = { 4: 1, 80007: 1, 80008: 60 };

/** Beside a refusal for too many of the account's calls Meta says when it may go on. */
function usageOf(sandbox: Sandbox, code: number): Record<string, string> {
  const minutes = minutesToWait[code];
  if (minutes === undefined) return {};
  const full = { type: "whatsapp", call_count: 100, total_cputime: 100, total_time: 100 };
  const usage = { [sandbox.identity.accountId]: [{ ...full, estimated_time_to_regain_access: minutes }] };
  return { "x-business-use-case-usage": JSON.stringify(usage) };
}

async function dispatch(sandbox: Sandbox, call: Call): Promise<Reply> {
  const parts = call.url.pathname.split("/").filter((part) => part !== "");
  const version = versionOf(parts);
  requireToken(sandbox, call);
  const [, edge = ""] = parts;
  const answer = () => answerObject(sandbox, call, parts, version);
  // Sends have faults of their own, which know the message.
  if (edge === "messages" || edge === "marketing_messages") return answer();
  const fault = sandbox.faults.takeCall(`${call.method} ${edge}`.trim());
  return fault ? answerWithFault(fault, answer) : answer();
}

async function answerObject(sandbox: Sandbox, call: Call, parts: string[], version: number): Promise<Reply> {
  const [id = "", edge = ""] = parts;
  if (call.method === "POST" && id === "app" && edge === "uploads") return ok(openUpload(sandbox, call));
  if (call.method === "POST" && id.startsWith("upload:")) return ok(finishUpload(sandbox, call, id));
  if (id === "media-bytes") return downloadMedia(sandbox, call, edge);
  const { identity, world } = sandbox;
  if (id === identity.phoneNumberId) return answerNumber(sandbox, call, parts, version);
  if (id === identity.accountId) return answerEdge(accountEdges, sandbox, call, parts);
  if (id === "message_template_library" && call.method === "GET") return ok(listLibrary(call.url));
  if (id === "flow-json") return { status: 200, body: downloadFlowJson(sandbox, edge) };
  if (world.templates.has(id)) return answerTemplate(sandbox, call, { id, edge });
  if (world.account.flows.has(id)) return answerFlow(sandbox, call, { id, edge });
  if (edge === "events" && isHistoryId(sandbox, id)) return ok(await listHistoryEvents(sandbox, call.url, id));
  const added = call.method === "GET" && edge === "" ? getAddedNumber(sandbox, id, call.url) : null;
  if (added) return ok(added);
  if (world.media.has(id) && edge === "") {
    if (call.method === "DELETE") return ok(await removeMedia(sandbox, id));
    if (call.method === "GET") return ok(getMedia(sandbox, call, id));
  }
  throw unknownObject(id);
}

async function answerNumber(sandbox: Sandbox, call: Call, parts: string[], version: number): Promise<Reply> {
  const { method } = call;
  const [, edge = ""] = parts;
  if (method === "GET" && edge === "") return ok(getNumber(sandbox, call.url));
  if (method === "POST" && edge === "") return ok(await changeNumber(sandbox, readParameters(call)));
  if (numberEdges[`${method} ${edge}`]) return answerEdge(numberEdges, sandbox, call, parts);
  if (method === "POST" && edge === "media") return ok(await uploadMedia(sandbox, call));
  if (method !== "POST" || (edge !== "messages" && edge !== "marketing_messages")) throw unknownEdge(method, edge);
  if (sandbox.world.account.registration.status !== "CONNECTED")
    throw new GraphError(133010, "The phone number is not registered on the WhatsApp Business Platform.");
  const request = readJson(call);
  const isMarketingApi = edge === "marketing_messages";
  const door = { phoneNumberId: sandbox.identity.phoneNumberId, version, isMarketingApi };
  const { body, fault } = await sendMessage(sandbox, request, door);
  return fault ? spoil(fault, body) : ok(body);
}

async function answerEdge(edges: Record<string, Edge>, sandbox: Sandbox, call: Call, parts: string[]): Promise<Reply> {
  const [, edge = "", rest = ""] = parts;
  const answer = edges[`${call.method} ${edge}`];
  if (!answer) throw unknownEdge(call.method, edge);
  return ok(await answer(sandbox, { url: call.url, parameters: readParameters(call), rest }));
}

type Place = { id: string; edge: string };

async function answerTemplate(sandbox: Sandbox, call: Call, { id, edge }: Place): Promise<Reply> {
  switch (`${call.method} ${edge}`) {
    case "GET ":
      return ok(getTemplate(sandbox, id, call.url));
    case "POST ":
      return ok(await editTemplate(sandbox, id, readParameters(call)));
    case "GET compare":
      return ok(compareTemplates(sandbox, id, call.url));
    case "POST unpause":
      return ok({ success: await unpauseTemplate(sandbox, id, sandbox.clock.now()) });
    default:
      throw unknownEdge(call.method, edge);
  }
}

async function answerFlow(sandbox: Sandbox, call: Call, { id, edge }: Place): Promise<Reply> {
  switch (`${call.method} ${edge}`) {
    case "GET ":
      return ok(getFlow(sandbox, call.url, id));
    case "POST ":
      return ok(await editFlow(sandbox, id, readParameters(call)));
    case "DELETE ":
      return ok(await removeFlow(sandbox, id));
    case "GET assets":
      return ok(listAssets(sandbox, call, id));
    case "POST assets":
      return ok(await uploadFlowJson(sandbox, call, id));
    case "POST publish":
      return ok(await publishFlow(sandbox, id));
    case "POST deprecate":
      return ok(await deprecateFlow(sandbox, id));
    default:
      throw unknownEdge(call.method, edge);
  }
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

/**
 * Reads the body as JSON or, as Graph also allows, as a form. Objects travel as JSON text inside a form's fields, and some clients
 * send them so inside a JSON body too. What the business wants back in its statuses stays as it is.
 */
function readJson(call: Call): JsonObject {
  const text = call.body.toString("utf8");
  const isForm =
    (call.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded") &&
    !text.trimStart().startsWith("{");
  const value = isForm ? Object.fromEntries(new URLSearchParams(text)) : parseOrNull(text);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new GraphError(100, "The body is not a JSON object.");
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, key === "biz_opaque_callback_data" ? field : readField(field)]),
  );
}

const readField = (field: Json): Json =>
  typeof field === "string" && /^[[{]/.test(field) ? (parseOrNull(field) ?? field) : field;

function parseOrNull(text: string): Json {
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
