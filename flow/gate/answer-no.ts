import { localMoment } from "../local-time.ts";
import { type CapState, isCapped } from "./frequency-cap.ts";
import { type Answers, type AnswerToNo, usualAnswers } from "./policy.ts";
import type { AsSent, BudgetState, GateVerdict, SendFacts } from "./send-facts.ts";
import { openingOf, spreadOf, usesCap } from "./send-hours.ts";

export const answersOf = ({ on }: SendFacts): Answers => on ?? usualAnswers;

/** A rule's no, as the workspace wants it answered. What can never leave is not kept for later. */
export function answerNo(
  facts: AsSent,
  rule: keyof Answers,
  reason: string,
): Exclude<GateVerdict, { verdict: "send" }> {
  const wish: AnswerToNo = answersOf(facts)[rule];
  if (wish === "drop") return { verdict: "block", reason, isSilent: true };
  const until = wish === "later" ? leavesAfter(facts, rule) : null;
  return until === null ? { verdict: "block", reason } : { verdict: "defer", until, reason: `${reason}-later` };
}

export function capReason({ used, kept = 0, perDay, rolling }: CapState): string | null {
  if (used + kept >= perDay) return "frequency-cap";
  return rolling && rolling.used + kept >= rolling.most ? "rolling-cap" : null;
}

export const isOverBudget = ({ spent, costs, most }: BudgetState): boolean =>
  (costs ?? 0) > 0 && spent + (costs ?? 0) > most;

/** When a message leaves that waits for another day or month: at the first opening then, in its place among all that wait for it. */
function leavesAfter(facts: AsSent, rule: keyof Answers): number | null {
  const { cap, budget, zone } = facts;
  const begins = rule === "budget" ? budget?.againAt : cap.freeOn && localMoment(cap.freeOn, "00:00", zone);
  const then = begins && { ...facts, now: begins };
  const opening = then ? openingOf(then) : null;
  return then && opening !== null ? opening + spreadOf(then, opening).delayMs : null;
}

/** The moments that its cap and its budget make a message wait for. */
export function laterOf(facts: AsSent): number[] {
  const { cap, budget, purpose } = facts;
  if (!isCapped(purpose)) return [];
  const on = answersOf(facts);
  const waits = [
    on.cap === "later" && usesCap(facts) && capReason(cap) ? leavesAfter(facts, "cap") : null,
    on.budget === "later" && budget && isOverBudget(budget) ? leavesAfter(facts, "budget") : null,
  ];
  return waits.filter((moment) => moment !== null);
}
