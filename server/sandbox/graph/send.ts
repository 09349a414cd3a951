import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { decideOutcome } from "../delivery/outcome.ts";
import { type Fault, isLostBefore } from "../faults.ts";
import { GraphError } from "../graph-error.ts";
import type { Message, User } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { wamidOf } from "../wamid.ts";
import { check } from "./check.ts";
import { readFreeForm } from "./free-form.ts";
import { markRead } from "./mark-read.ts";
import { findRecipient } from "./recipient.ts";
import { templateKey } from "./template.ts";
import { fillTemplate, SendComponents } from "./template-send.ts";

const Send = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.enum(["individual", "group"]).default("individual"),
  type: z.string().optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
  context: z.looseObject({ message_id: z.string().min(1) }).optional(),
});

const TemplateNode = z.looseObject({
  name: z.string().min(1),
  language: z.looseObject({ code: z.string().min(1) }),
  components: SendComponents.default([]),
});

/** The answer, and the fault that decides whether and how it travels. */
export type SendAnswer = { body: object; fault: Fault | null };

/**
 * POST /P/messages (section 3). The answer is given only after the message's line is in the ledger. Throws GraphError for
 * everything Meta refuses at once; what fails later (window, unreachable, caps) is accepted and comes as a failed status.
 */
export async function sendMessage(
  sandbox: Sandbox,
  phoneNumberId: string,
  request: JsonObject,
  version: number,
): Promise<SendAnswer> {
  if (request.messaging_product !== "whatsapp")
    throw new GraphError(100, "The parameter messaging_product is required.");
  if (request.status !== undefined) return { body: await markRead(sandbox, request), fault: null };
  const send = check(Send, request, "");
  if (send.recipient_type === "group") throw new GraphError(131009, "Groups are not part of this sandbox");
  const recipient = findRecipient(sandbox, request);
  // Without a type it is text; one of Meta's own samples leaves it out of an interactive message, so that works too.
  const type = send.type ?? (request.interactive === undefined ? "text" : "interactive");
  const content = readContent(sandbox, type, request, version);
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
  const message = newMessage(sandbox, phoneNumberId, recipient, { ...content, type });
  if (send.biz_opaque_callback_data !== undefined) message.ref = send.biz_opaque_callback_data;
  if (send.context) message.contextWamid = send.context.message_id;
  const failsWith = fault?.mode === "async" ? fault.code : decideOutcome(sandbox, message, recipient.user);
  if (failsWith !== null) message.failsWith = failsWith;
  await sandbox.accept(message);
  return { body: answerOf(recipient, message), fault };
}

const plannedRefusal = ({ code, http, retry_after_s: retryAfterSeconds }: Fault): GraphError =>
  new GraphError(code, "Injected by the sandbox's control plane", { http, retryAfterSeconds });

type Content = Pick<Message, "body" | "rendered"> & Partial<Pick<Message, "template" | "content">>;

function readContent(sandbox: Sandbox, type: string, request: JsonObject, version: number): Content {
  if (type !== "template") {
    const { body, rendered, content, mediaId } = readFreeForm(type, request);
    if (mediaId !== null && !sandbox.world.media.has(mediaId))
      throw new GraphError(131009, `Media id ${mediaId} is not known`);
    return { body, rendered, content };
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
  return { ...fillTemplate(template, node.components, version), template: { id, name, language, category } };
}

type Addressed = { user: User; input: string; isByBsuid: boolean };

function newMessage(
  sandbox: Sandbox,
  phoneNumberId: string,
  recipient: Addressed,
  content: Content & { type: string },
): Message {
  const { user, isByBsuid } = recipient;
  return {
    wamid: wamidOf(sandbox.seed, sandbox.world.outboundCount + 1, user.waId, "business"),
    direction: "outbound",
    phoneNumberId,
    waId: user.waId,
    ...(isByBsuid ? { bsuid: user.bsuid } : {}),
    isInWindow: sandbox.isInWindow(user),
    at: sandbox.clock.now(),
    status: "accepted",
    ...content,
  };
}

function answerOf({ user, input, isByBsuid }: Addressed, message: Message): object {
  return {
    messaging_product: "whatsapp",
    contacts: [isByBsuid ? { input, user_id: user.bsuid } : { input, wa_id: user.waId }],
    messages: [{ id: message.wamid, ...(message.template ? { message_status: "accepted" } : {}) }],
  };
}
