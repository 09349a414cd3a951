import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { answersOf, FreeContents, freeKind } from "../free-message.ts";
import { freeProblems, saysFreely } from "../free-step.ts";
import { AnswerWithin, afterSending, goesOnByMessage, messageWays, sendEffect, Values } from "../message-step.ts";

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
  problems: freeProblems,
  ...saysFreely,
  ...goesOnByMessage,
  enter: ({ contents, values, answerWithin }, context) => ({
    effects: [sendEffect(context, { template: null, free: contents, values })],
    move: afterSending(context, answerWithin),
  }),
});
