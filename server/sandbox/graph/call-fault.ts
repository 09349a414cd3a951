import { setTimeout } from "node:timers/promises";
import { type Fault, isLostBefore } from "../faults.ts";
import { GraphError } from "../graph-error.ts";
import type { Reply } from "../server.ts";
import { spoil } from "./spoil.ts";

/** Answers a Graph call that is not a send with a planted fault: refused, lost before it was done, or done and then spoilt. */
export async function answerWithFault(fault: Fault, answer: () => Promise<Reply>): Promise<Reply> {
  if (fault.delay_ms) await setTimeout(fault.delay_ms);
  // Only messages fail later.
  if (fault.mode === "sync" || fault.mode === "async")
    throw new GraphError(fault.code, "Injected by the sandbox's control plane", {
      http: fault.http,
      retryAfterSeconds: fault.retry_after_s,
    });
  if (isLostBefore(fault.mode)) return spoil(fault, {});
  const reply = await answer();
  if (fault.mode === "slow" || typeof reply === "string") return reply;
  return spoil(fault, typeof reply.body === "object" && !Buffer.isBuffer(reply.body) ? reply.body : {});
}
