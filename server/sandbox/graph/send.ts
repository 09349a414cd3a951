import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { headersOf } from "../delivery/media-failure.ts";
import { decideOutcome } from "../delivery/outcome.ts";
import { type Fault, isLostBefore } from "../faults.ts";
import { GraphError } from "../graph-error.ts";
import { monthOf, priceOf } from "../price.ts";
import type { Message, User } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { wamidOf } from "../wamid.ts";
import { check } from "./check.ts";
import { assertFlows } from "./flow-send.ts";
import { readFreeForm } from "./free-form.ts";
import { markRead } from "./mark-read.ts";
import { assertKnownMedia } from "./media.ts";
import { findRecipient } from "./recipient.ts";
import { templateKey } from "./template.ts";
import { fillTemplate, SendComponents } from "./template-send.ts";

const hourMs = 3_600_000;

const Send = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.enum(["individual", "group"]).default("individual"),
  type: z.string().optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
  context: z.looseObject({ message_id: z.string().min(1) }).optional(),
  recipient_identity_key_hash: z.string().min(1).optional(),
});

/** What the Marketing Messages API takes beside a template. */
const MarketingSend = z.looseObject({
  product_policy: z.enum(["CLOUD_API_FALLBACK", "STRICT"]).optional(),
  message_activity_sharing: z.boolean().optional(),
});

const TemplateNode = z.looseObject({
  name: z.string().min(1),
  language: z.looseObject({ code: z.string().min(1) }),
  components: SendComponents.default([]),
});

/** The answer, and the fault that decides whether and how it travels. */
export type SendAnswer = { body: object; fault: Fault | null };

/** Which number sends, in which version, and whether by the Marketing Messages API. */
export type SendDoor = { phoneNumberId: string; version: number; isMarketingApi?: boolean };

/**
 * POST /P/messages and /P/marketing_messages (section 3). The answer is given only after the message's line is in the ledger.
 * Throws GraphError for everything Meta refuses at once; what fails later (window, unreachable, caps) is accepted and comes as a
 * failed status.
 */
export async function sendMessage(sandbox: Sandbox, request: JsonObject, door: SendDoor): Promise<SendAnswer> {
  if (request.messaging_product !== "whatsapp")
    throw new GraphError(100, "The parameter messaging_product is required.");
  if (request.status !== undefined) return { body: await markRead(sandbox, request), fault: null };
  const send = check(Send, request, "");
  if (send.recipient_type === "group") throw new GraphError(131009, "Groups are not part of this sandbox");
  const recipient = findRecipient(sandbox, request);
  // Without a type it is text; one of Meta's own samples leaves it out of an interactive message, so that works too.
  const type = send.type ?? (request.interactive === undefined ? "text" : "interactive");
  const content = readContent(sandbox, type, request, door.version);
  assertDoor(sandbox, request, content, door);
  assertFlows(sandbox, content);
  if (content.template?.category === "AUTHENTICATION" && recipient.isByBsuid)
    throw new GraphError(131062, "Authentication templates need a phone number");
  const fault = sandbox.faults.take({
    to: recipient.user.waId,
    type,
    template: content.template?.name ?? null,
  });
  if (fault?.delay_ms) await setTimeout(fault.delay_ms);
  if (fault && isLostBefore(fault.mode)) return { body: {}, fault };
  if (fault?.mode === "sync") throw plannedRefusal(fault);
  sandbox.limiter.admit(recipient.user, content.template !== undefined);
  const message = newMessage(sandbox, door, recipient, { ...content, type });
  if (send.biz_opaque_callback_data !== undefined) message.ref = send.biz_opaque_callback_data;
  if (send.context) message.contextWamid = send.context.message_id;
  const failsWith =
    fault?.mode === "async"
      ? fault.code
      : decideOutcome(sandbox, message, recipient.user, send.recipient_identity_key_hash);
  if (failsWith !== null) {
    message.failsWith = failsWith;
    // What fails opens no free entry point.
    delete message.freeEntryUntil;
  }
  await sandbox.accept(message);
  return { body: answerOf(sandbox, recipient, message), fault };
}

/** The Marketing Messages API takes marketing templates only, and an account may have to use it for them. */
function assertDoor(sandbox: Sandbox, request: JsonObject, content: Content, door: SendDoor): void {
  const isMarketing = content.template?.category === "MARKETING";
  if (door.isMarketingApi) {
    if (!isMarketing) throw new GraphError(131055, "This path takes templates of category MARKETING only");
    check(MarketingSend, request, "");
  } else if (isMarketing && sandbox.world.limits.isMarketingApiOnly)
    throw new GraphError(131063, "Send marketing templates by /marketing_messages");
  if (content.rendered?.order && !sandbox.world.limits.hasPaymentsTerms)
    throw new GraphError(134011, "The payments terms of service have not been accepted yet");
}

const plannedRefusal = ({ code, http, retry_after_s: retryAfterSeconds }: Fault): GraphError =>
  new GraphError(code, "Injected by the sandbox's control plane", { http, retryAfterSeconds });

type Content = Pick<Message, "body" | "rendered"> & Partial<Pick<Message, "template" | "content">>;

function readContent(sandbox: Sandbox, type: string, request: JsonObject, version: number): Content {
  if (type !== "template") {
    const content = readFreeForm(type, request);
    assertMedia(sandbox, content);
    return content;
  }
  const node = check(TemplateNode, request.template, "template");
  const template = sandbox.world.templatesByKey.get(templateKey({ name: node.name, language: node.language.code }));
  if (!template) throw new GraphError(132001, `template name (${node.name}) does not exist in ${node.language.code}`);
  if (template.status === "PAUSED")
    throw new GraphError(132015, `template (${node.name}) is paused due to low quality`);
  if (template.status === "DISABLED") throw new GraphError(132016, `template (${node.name}) is disabled`);
  if (template.status !== "APPROVED")
    throw new GraphError(132001, `template name (${node.name}) is not approved in ${node.language.code}`);
  const { id, name, language, category } = template;
  const filled = fillTemplate(template, node.components, { version, now: sandbox.clock.now() });
  assertMedia(sandbox, filled);
  return { ...filled, template: { id, name, language, category } };
}

function assertMedia(sandbox: Sandbox, content: Content): void {
  for (const header of headersOf(content)) if (header.mediaId !== undefined) assertKnownMedia(sandbox, header.mediaId);
}

type Addressed = { user: User; input: string; isByBsuid: boolean };

function newMessage(
  sandbox: Sandbox,
  { phoneNumberId, isMarketingApi = false }: SendDoor,
  recipient: Addressed,
  content: Content & { type: string },
): Message {
  const { user, isByBsuid } = recipient;
  const { world } = sandbox;
  const { waId } = user;
  const at = sandbox.clock.now();
  const isInWindow = sandbox.isInWindow(user);
  const freeEntryUntil = freeEntryOf(user, at);
  const price = priceOf({
    category: content.template?.category ?? null,
    isMarketingApi,
    isInWindow,
    isInFreeEntry: freeEntryUntil !== null,
    waId,
    businessPhone: sandbox.identity.displayPhone.slice(1),
    at,
    serviceCount: content.template ? 0 : (world.serviceCounts.get(`${phoneNumberId}|${monthOf(at)}`) ?? 0),
    freeService: world.limits.freeService,
  });
  return {
    wamid: wamidOf(sandbox.seed, world.outboundCount + 1, waId, "business"),
    direction: "outbound",
    phoneNumberId,
    waId,
    ...(isByBsuid ? { bsuid: user.bsuid } : {}),
    isInWindow,
    price,
    ...(freeEntryUntil === null ? {} : { freeEntryUntil }),
    at,
    status: "accepted",
    ...content,
  };
}

/** When the free entry point ends that this message belongs to or opens, by answering a click on an ad within a day. */
function freeEntryOf({ adAt, freeEntryUntil }: User, at: number): number | null {
  if (freeEntryUntil !== undefined && at < freeEntryUntil) return freeEntryUntil;
  return adAt !== undefined && at - adAt < 24 * hourMs ? at + 72 * hourMs : null;
}

function answerOf(sandbox: Sandbox, { user, input, isByBsuid }: Addressed, message: Message): object {
  const { template } = message;
  const isHeld = template !== undefined && sandbox.world.limits.paced.includes(template.name);
  const status = isHeld ? "held_for_quality_assessment" : "accepted";
  return {
    messaging_product: "whatsapp",
    contacts: [isByBsuid ? { input, user_id: user.bsuid } : { input, wa_id: user.waId }],
    messages: [{ id: message.wamid, ...(template ? { message_status: status } : {}) }],
  };
}
