import { z } from "zod";
import type { Connection, Outgoing, RefusalClass, SendResult } from "../channel.ts";
import { classOf, classOfStranger, isUnreachable, leavesDoubt, mostAttemptsOf } from "./errors.ts";
import { callGraph, type GraphAnswer } from "./graph.ts";
import { messageCall } from "./message-body.ts";

const Accepted = z.looseObject({
  contacts: z.array(z.looseObject({ wa_id: z.string().optional() })).default([]),
  messages: z.tuple([z.looseObject({ id: z.string().min(1).max(1024) })]).rest(z.unknown()),
});

/** The code of a refusal that did not come from Meta: no connection, or a proxy's answer. */
const noCode = -1;

/** Sends one message, to a phone or to a business-scoped user id. */
export async function send(connection: Connection, outgoing: Outgoing, signal: AbortSignal): Promise<SendResult> {
  const { mayBegin } = outgoing;
  return readResult(await callGraph(connection, { ...messageCall(connection, outgoing), signal, mayBegin }));
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
        ...(isUnreachable(code) && { isUnreachable: true }),
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
