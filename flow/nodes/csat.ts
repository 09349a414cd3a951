import { z } from "zod";
import { answerIdOf, csatContent, readScore, scoreOfAnswer, scoresOf, verdictOf } from "../csat.ts";
import { defineNode, type NodeProblem, type StepContext, type StepResult } from "../define-node.ts";
import { Duration, durationMs, durationValues } from "../duration.ts";
import { answersOf, type FreeContent, FreeContents } from "../free-message.ts";
import { freeProblems, saysFreely } from "../free-step.ts";
import type { JsonObject } from "../json.ts";
import { sendEffect, shownBy, Values } from "../message-step.ts";
import type { Signal } from "../signal.ts";

/** The event that tells of an answer: its score from 1 to 5, the verdict, and the person's own words where they wrote some. */
export const csatEvent = "csat.answered";

const config = z.strictObject({
  contents: FreeContents.meta({ field: "csat", label: "ask" }),
  values: Values.meta({ field: "bindings", label: "fillTheBlanks" }),
  timeout: Duration.meta({ field: "duration", label: "waitFor" }),
});

/** Asks how it was, from 1 to 5, within 24 hours of the person's last message. A tap and words are understood alike. */
export const csat = defineNode<z.output<typeof config>>({
  type: "csat",
  family: "message",
  icon: "star",
  config,
  initial: () => ({
    contents: [csatContent("en", "list"), csatContent("fr", "list")],
    values: {},
    timeout: { amount: 24, unit: "hours" },
  }),
  handles: () => [
    { id: "positive", place: "outcome", label: ["csat.positive"], byPerson: true },
    { id: "neutral", place: "outcome", label: ["csat.neutral"], byPerson: true },
    { id: "negative", place: "outcome", label: ["csat.negative"], byPerson: true },
    { id: "no-answer", place: "outcome", label: ["csat.no-answer"] },
    { id: "unclear", place: "quiet", label: ["csat.unclear"], byPerson: true },
    { id: "blocked", place: "quiet", label: ["csat.blocked"] },
  ],
  summary: ({ contents, timeout }) => ["csat.summary", { count: contents.length, ...durationValues(timeout) }],
  problems: (settings) => [...freeProblems(settings), ...settings.contents.flatMap(answerProblems)],
  stays: ({ timeout }) => ({ least: 0, most: durationMs(timeout) }),
  keeps: (_, handle) => (["positive", "neutral", "negative"].includes(handle) ? ["csat"] : []),
  shows: ({ values }) => shownBy(values),
  ...saysFreely,
  enter: ({ contents, values, timeout }, context) => ({
    effects: [sendEffect(context, { template: null, free: contents, values })],
    move: { wait: { wakeAt: context.now + durationMs(timeout) } },
  }),
  receive: (_, signal, context) => {
    if (signal.kind === "timer") return { move: { leaveBy: "no-answer" } };
    if (signal.kind === "status") return notAsked(signal, context);
    const score = scoreIn(signal, context);
    if (score !== null) return answered(score, signal, context);
    const isWords = signal.kind === "reply" || signal.kind === "button";
    return isWords && context.isConnected("unclear")
      ? { values: { reply: signal.text }, move: { leaveBy: "unclear" } }
      : null;
  },
});

/** Who cannot be asked does not wait for an answer. */
function notAsked(signal: Extract<Signal, { kind: "status" }>, { visit, isConnected }: StepContext): StepResult | null {
  if (signal.visit !== visit || (signal.status !== "blocked" && signal.status !== "failed")) return null;
  return { detail: { reason: signal.reason }, move: { leaveBy: isConnected("blocked") ? "blocked" : "no-answer" } };
}

function scoreIn(signal: Signal, { visit }: StepContext): number | null {
  if (signal.kind === "reply") return readScore(signal.text);
  // A tap on another message may carry the same words.
  return signal.kind === "button" && (signal.visit === null || signal.visit === visit)
    ? scoreOfAnswer(signal.buttonId)
    : null;
}

function answered(score: number, signal: Signal, { visit, nodeId }: StepContext): StepResult {
  const verdict = verdictOf(score);
  const comment: JsonObject = signal.kind === "reply" ? { comment: signal.text } : {};
  return {
    effects: [{ kind: "event", visit, nodeId, name: csatEvent, properties: { score, verdict, ...comment } }],
    values: { csat: score, ...(signal.kind === "reply" && { reply: signal.text }) },
    detail: { score },
    move: { leaveBy: verdict },
  };
}

/** Its answers are the scores: without them nobody's tap would mean one. */
function answerProblems(content: FreeContent, index: number): NodeProblem[] {
  const given = answersOf(content).map(({ id }) => id);
  const wanted = scoresOf(content.list ? "list" : "buttons").map(answerIdOf);
  return wanted.join() === given.join() ? [] : [{ rule: "csat-answers", field: `contents.${index}` }];
}
