import { z } from "zod";
import type { Connection, Outgoing, OutgoingMessage, RefusalClass, SendResult } from "../channel.ts";
import { classOf, classOfStranger, leavesDoubt, mostAttemptsOf } from "./errors.ts";
import { callGraph, type GraphAnswer } from "./graph.ts";

const Accepted = z.looseObject({
  contacts: z.array(z.looseObject({ wa_id: z.string().optional() })).default([]),
  messages: z.tuple([z.looseObject({ id: z.string().min(1).max(1024) })]).rest(z.unknown()),
});

/** The code of a refusal that did not come from Meta: no connection, or a proxy's answer. */
const noCode = -1;

/** Sends one message. Named parameters go by name; our message id travels as biz_opaque_callback_data. */
export async function send(connection: Connection, outgoing: Outgoing, signal: AbortSignal): Promise<SendResult> {
  const { ref, to, message, mayBegin } = outgoing;
  const body = {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...("phone" in to ? { to: to.phone } : { recipient: to.bsuid }),
    ...contentOf(message),
    biz_opaque_callback_data: ref,
  };
  return readResult(
    await callGraph(connection, { path: `${connection.phoneNumberId}/messages`, body, signal, mayBegin }),
  );
}

function readResult(answer: GraphAnswer): SendResult {
  switch (answer.kind) {
    case "ok": {
      const accepted = Accepted.safeParse(answer.body);
      if (!accepted.success) return { outcome: "unknown", detail: "HTTP 200 without a message id" };
      return {
        outcome: "accepted",
        wamid: accepted.data.messages[0].id,
        waId: accepted.data.contacts[0]?.wa_id ?? null,
      };
    }
    case "refused": {
      const { httpStatus, refusal, retryAfterMs } = answer;
      const code = refusal?.code ?? noCode;
      if (leavesDoubt(code, httpStatus)) return { outcome: "unknown", detail: `HTTP ${httpStatus} with code ${code}` };
      return {
        outcome: "refused",
        class: refusal ? classOfRefusal(refusal, httpStatus) : classOfStranger(httpStatus),
        code,
        detail: refusal?.detail ?? `HTTP ${httpStatus} without an answer of Meta's`,
        retryAfterMs,
        mostAttempts: mostAttemptsOf(code),
      };
    }
    case "not-sent":
      return { outcome: "refused", class: "transient", code: noCode, detail: answer.detail, retryAfterMs: null };
    case "unclear":
      return { outcome: "unknown", detail: answer.detail };
  }
}

/** A code that says what is wrong says more than the hint that it may pass: a rate is still a rate. */
function classOfRefusal(
  { code, isTransient }: { code: number; isTransient: boolean },
  httpStatus: number,
): RefusalClass {
  const kind = classOf(code, httpStatus);
  return isTransient && kind === "bug" ? "transient" : kind;
}

function contentOf(message: OutgoingMessage): object {
  switch (message.kind) {
    case "text":
      return { type: "text", text: { body: message.body } };
    case "buttons":
      return {
        type: "interactive",
        interactive: {
          type: "button",
          body: { text: message.body },
          action: { buttons: message.buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } })) },
        },
      };
    case "template":
      return { type: "template", template: templateOf(message) };
  }
}

function templateOf(message: OutgoingMessage & { kind: "template" }): object {
  const { name, language, header, body, buttons } = message;
  const components: object[] = [];
  if (header?.kind === "text") components.push({ type: "header", parameters: named(header.values) });
  if (header?.kind === "document") {
    components.push({
      type: "header",
      parameters: [{ type: "document", document: { link: header.url, filename: header.fileName } }],
    });
  }
  if (Object.keys(body).length > 0) components.push({ type: "body", parameters: named(body) });
  for (const { index, kind, value } of buttons) {
    const isReply = kind === "quick-reply";
    const parameter = isReply ? { type: "payload", payload: value } : { type: "text", text: value };
    components.push({
      type: "button",
      sub_type: isReply ? "quick_reply" : "url",
      index: String(index),
      parameters: [parameter],
    });
  }
  return { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) };
}

const named = (values: Record<string, string>): object[] =>
  Object.entries(values).map(([name, value]) => ({ type: "text", parameter_name: name, text: onOneLine(value) }));

// Meta refuses values with line breaks, tabs or more than four spaces in a row.
const onOneLine = (value: string): string => value.replace(/\s*[\r\n\t]+\s*/g, " ").replace(/ {5,}/g, "    ");
