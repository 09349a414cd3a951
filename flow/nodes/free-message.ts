import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { answersOf, FreeContents, freeKind, freeVariables } from "../free-message.ts";
import { lintFree } from "../lint-free.ts";
import {
  AnswerWithin,
  afterSending,
  blankProblems,
  hearMessage,
  keptByAnswer,
  messageWays,
  neededBy,
  recallMessage,
  sendEffect,
  shownBy,
  staysAtMessage,
  Values,
} from "../message-step.ts";

const config = z.strictObject({
  contents: FreeContents.meta({ field: "free-message", label: "sayThis" }),
  values: Values.meta({ field: "bindings", label: "fillTheBlanks" }),
  answerWithin: AnswerWithin.meta({ field: "duration", label: "answerWithin" }),
});

/** Says something that is no template. WhatsApp takes it within 24 hours of the person's last message only: else the gate blocks it. */
export const freeMessage = defineNode({
  type: "free-message",
  family: "message",
  icon: "message-circle",
  config,
  initial: () => ({
    contents: [{ language: "en", header: null, body: "", footer: null, buttons: [], list: null }],
    values: {},
    answerWithin: { amount: 1, unit: "days" },
  }),
  handles: ({ contents }) => {
    const [first] = contents;
    return messageWays((first ? answersOf(first) : []).map(({ id, text }) => ({ id: `button:${id}`, text })));
  },
  summary: ({ contents }) => {
    const [first] = contents;
    return ["free-message.summary", { kind: first ? freeKind(first) : "text", count: contents.length }];
  },
  problems: ({ contents, values }) => [
    ...lintFree(contents),
    ...[...new Set(contents.flatMap(freeVariables))].flatMap((variable) => blankProblems(variable, values)),
  ],
  stays: ({ answerWithin }, handle) => staysAtMessage(handle, answerWithin),
  keeps: (_, handle) => keptByAnswer(handle),
  needs: ({ contents, values }) => neededBy(values, contents.flatMap(freeVariables)),
  shows: ({ values }) => shownBy(values),
  chargedAs: () => "service",
  needsWindow: "blocked",
  message: ({ contents }) => ({ samples: {}, languages: contents }),
  enter: ({ contents, values, answerWithin }, context) => ({
    effects: [sendEffect(context, { template: null, free: contents, values })],
    move: afterSending(context, answerWithin),
  }),
  receive: (_, signal, context) => hearMessage(signal, context),
  recall: (_, signal, context) => recallMessage(signal, context),
});
