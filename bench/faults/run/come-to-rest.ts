import { setTimeout as delay } from "node:timers/promises";
import { readLeft } from "../ledger/read-facts.ts";
import type { FaultStack } from "../stack/fault-stack.ts";

/** Past every wait of the known flows (one minute) and of the steps that are drawn. */
const pastWaitsSeconds = 180;
/** Drawn flows wait more than once. */
const moves = 3;
const patienceMs = 150_000;

/**
 * Waits until nothing is left to do, moves the clock past the waits of the flows, and waits again, as often as drawn flows wait. An unknown outcome that can
 * be cleared up no more (the provider has told everything, and all of it is applied) is judged at once: its 60 s window would
 * be waited for in vain. What is left when patience ends is for the ledger to name.
 */
export async function comeToRest(stack: FaultStack): Promise<void> {
  await untilAtRest(stack);
  for (let move = 0; move < moves; move += 1) {
    await stack.moveClock(pastWaitsSeconds);
    await untilAtRest(stack);
  }
}

/** Waits until nothing is left to do by the clock as it stands. */
const untilAtRest = (stack: FaultStack): Promise<void> => untilCalm(() => isAtRest(stack));

/** Waits until nothing moves by itself: messages that wait for an opening may stay. */
export const untilNothingMoves = (stack: FaultStack): Promise<void> =>
  untilCalm(() => isAtRest(stack, { mayWait: true }));

async function untilCalm(isCalmNow: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  let calmSince: number | null = null;
  while (performance.now() < end) {
    const isCalm = await isCalmNow().catch(() => false);
    if (!isCalm) calmSince = null;
    else calmSince ??= performance.now();
    // Twice in a row and a moment apart: what was just claimed is in nobody's queue.
    if (calmSince !== null && performance.now() - calmSince > 600) return;
    await delay(150);
  }
}

async function isAtRest(stack: FaultStack, { mayWait = false } = {}): Promise<boolean> {
  const left = await readLeft(stack);
  if (mayWait) left.messages -= await countWaiting(stack);
  const health = (await stack.control.call("GET", "health")) as { idle: boolean };
  const isTold = health.idle && left.webhooks === 0;
  if (isTold && left.signals === 0 && left.messages > 0) await judgeUnknown(stack);
  return isTold && Object.values(left).every((count) => count === 0);
}

/** Messages that wait for an opening, or another try. */
export const countWaiting = (stack: FaultStack): Promise<number> =>
  stack.count("select count(*) as n from outbox where status = 'queued' and not_before > $1", [new Date(stack.now())]);

const judgeUnknown = (stack: FaultStack) =>
  stack.query("update outbox set lease_until = now() where status = 'unknown' and lease_until > now()");
