import { errorAnswer, errorText } from "../answer.ts";
import type { Door } from "../door.ts";
import { claimKey, freeKey, type KeptAnswer, type KeyedCall, keepAnswer } from "./idempotency.ts";

/** Statuses that end the matter. Not among them: what the body lacked (400, 413) and what may be tried again (429, 503). */
const isFinal = (status: number): boolean => ![400, 413, 429, 503].includes(status);

/**
 * Runs a call once for its Idempotency-Key: the same call again is told what the first one was, also its refusal. A fault of
 * ours (500) is kept too, because nobody knows what was done before it.
 */
export async function answerOnce(
  door: Door,
  call: KeyedCall,
  run: (callId: string) => Promise<KeptAnswer>,
): Promise<KeptAnswer & { isRepeat: boolean }> {
  const claim = await claimKey(door.pool, call);
  if ("kept" in claim) return { ...claim.kept, isRepeat: true };
  const answer = await run(claim.callId).catch(async (error: unknown) => {
    const told = errorAnswer(error);
    if (isFinal(told.status)) {
      if (told.status >= 500) door.log.error({ error: String(error), route: call.route }, "a request failed");
      return { status: told.status, text: errorText(told) };
    }
    await freeKey(door.pool, call).catch((failure: unknown) => noteLost(door, call, failure));
    throw error;
  });
  // The work is done: an answer that could not be kept is not a reason to hide it. The lease frees the key.
  await keepAnswer(door.pool, call, answer).catch((failure: unknown) => noteLost(door, call, failure));
  return { ...answer, isRepeat: false };
}

const noteLost = (door: Door, call: KeyedCall, failure: unknown) =>
  door.log.warn({ error: String(failure), route: call.route }, "an idempotency key was not updated");
