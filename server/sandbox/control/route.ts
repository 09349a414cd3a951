import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import { type HttpAnswer, ok } from "../http-answer.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Call } from "../server.ts";
import { setAccount, setFlowStatus, setNumber, showNumber, tellEvent } from "./account-decisions.ts";
import { answerForm } from "./answer-form.ts";
import { blockBusiness } from "./block-business.ts";
import { changeNumber } from "./change-number.ts";
import { controlError } from "./control-error.ts";
import { inbound } from "./inbound.ts";
import { listTraffic } from "./list-traffic.ts";
import { preview } from "./preview.ts";
import { listCosts, listDeliveries, listMessages, listRequests, listUsers, showHealth, showInfo } from "./reads.ts";
import { setChaos, setCrowd, setLimits, setSchedule } from "./rules.ts";
import { calm, listFaults, moveClock, plantFault, reset, setPreference, setUser } from "./settings.ts";
import { mediaFor, showChat } from "./show-chat.ts";
import { showForm } from "./show-form.ts";
import { subscribe } from "./subscribe.ts";
import { tap } from "./tap.ts";
import { decide, setCategory, setQuality } from "./template-decisions.ts";

type Handler = (sandbox: Sandbox, input: unknown, call: Call) => object | Promise<object>;

const handlers: Record<string, Handler> = {
  "GET health": showHealth,
  "GET info": showInfo,
  "GET messages": listMessages,
  "GET costs": listCosts,
  "GET deliveries": listDeliveries,
  "GET requests": listRequests,
  "GET users": listUsers,
  "GET chat": showChat,
  "GET form": showForm,
  "GET traffic": listTraffic,
  "POST reset": reset,
  "POST clock": moveClock,
  "POST users": setUser,
  "POST inbound": inbound,
  "POST preview": preview,
  "POST tap": tap,
  "POST form": answerForm,
  "POST block": blockBusiness,
  "POST change-number": changeNumber,
  "POST faults": plantFault,
  "GET faults": listFaults,
  "POST calm": calm,
  "POST limits": setLimits,
  "POST schedule": setSchedule,
  "POST chaos": setChaos,
  "POST crowd": setCrowd,
  "POST webhook": subscribe,
  "POST preferences": setPreference,
  "POST account": setAccount,
  "POST events": tellEvent,
  "GET number": showNumber,
  "POST number": setNumber,
};

/** The control plane (section 15): no token, but only for callers on this machine. Errors are `{error: {message}}`. */
export async function answerControl(sandbox: Sandbox, call: Call): Promise<HttpAnswer> {
  if (!isLoopback(call.peer))
    return { status: 403, body: { error: { message: "The control plane answers only to this machine." } } };
  // A page in a browser on this machine must not steer the sandbox, and pages cannot leave the origin out.
  if (call.headers.origin !== undefined)
    return { status: 403, body: { error: { message: "The control plane does not answer to web pages." } } };
  try {
    const file = /^\/__sandbox\/media\/(\d+)$/.exec(call.url.pathname)?.[1];
    if (file !== undefined && call.method === "GET") return await showFile(sandbox, file);
    return ok(await dispatch(sandbox, call));
  } catch (error) {
    const message =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : "unknown";
    const status =
      error instanceof z.ZodError || error instanceof SyntaxError
        ? 400
        : error instanceof GraphError
          ? error.httpStatus
          : controlError.statusOf(error);
    return { status, body: { error: { message } } };
  }
}

function dispatch(sandbox: Sandbox, call: Call): object | Promise<object> {
  const route = call.url.pathname.slice("/__sandbox/".length).replace(/\/$/, "");
  const input: unknown =
    call.method === "GET"
      ? Object.fromEntries(call.url.searchParams)
      : call.body.length === 0
        ? {}
        : JSON.parse(call.body.toString("utf8"));
  const template = /^templates\/(\d+)\/(decide|quality|category)$/.exec(route);
  if (template && call.method === "POST") {
    const [, id = "", verb] = template;
    if (verb === "category") return setCategory(sandbox, id, input);
    return verb === "decide" ? decide(sandbox, id, input) : setQuality(sandbox, id, input);
  }
  const flowId = /^flows\/(\d+)\/status$/.exec(route)?.[1];
  if (flowId && call.method === "POST") return setFlowStatus(sandbox, flowId, input);
  const handler = handlers[`${call.method} ${route}`];
  if (!handler) throw controlError(404, `There is no ${call.method} /__sandbox/${route}.`);
  return handler(sandbox, input, call);
}

/** A file's bytes without a token: for the phone that shows it. */
async function showFile(sandbox: Sandbox, id: string): Promise<HttpAnswer> {
  const media = mediaFor(sandbox, id);
  const body = await readFile(path.join(sandbox.mediaFolder, media.id));
  return { status: 200, body, headers: { "content-type": media.mimeType } };
}

const isLoopback = (peer: string): boolean => /^(::ffff:)?127\.|^::1$/.test(peer);
