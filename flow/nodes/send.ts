import { z } from "zod";
import { defineNode, type NodeProblem } from "../define-node.ts";
import type { FlowSettings } from "../graph.ts";
import {
  AnswerWithin,
  afterSending,
  blankProblems,
  formHandle,
  goesOnByMessage,
  messageWays,
  neededBy,
  sendEffect,
  Values,
} from "../message-step.ts";
import { allButtons, type Catalog, type TemplateContent, type TemplateInfo, templateVariables } from "../template.ts";

const config = z.strictObject({
  template: z.string().min(1).max(512).meta({ field: "template", label: "sendThisTemplate" }),
  /** What fills each blank of the template. */
  values: Values.meta({ field: "bindings", label: "fillTheBlanks" }),
  /** With an open "next" and another way out (a button, failed) the step waits this long for it. */
  answerWithin: AnswerWithin.meta({ field: "duration", label: "answerWithin" }),
});
type Config = z.output<typeof config>;

/** Sends a template. The person goes on by "next" at once; a tap on a button or the answers of a form lead later where their handle leads. */
export const send = defineNode({
  type: "send",
  family: "message",
  icon: "send",
  config,
  initial: () => ({ template: "", values: {}, answerWithin: { amount: 7, unit: "days" } }),
  handles: ({ template }, catalog) => messageWays(answerRows(template, catalog)),
  summary: ({ template }, catalog) => {
    const info = findTemplate(template, catalog);
    return info
      ? ["send.summary", { template, category: info.category, count: info.languages.length }]
      : ["send.noTemplate"];
  },
  problems: templateProblems,
  ...goesOnByMessage,
  needs: ({ template, values }, catalog) =>
    neededBy(values, findTemplate(template, catalog)?.languages.flatMap(templateVariables) ?? []),
  template: ({ template }) => template,
  chargedAs: ({ template }, catalog) => findTemplate(template, catalog)?.category ?? null,
  message: ({ template }, catalog) => findTemplate(template, catalog) ?? null,
  enter: ({ template, values, answerWithin }, context) => ({
    effects: [sendEffect(context, { template, values })],
    detail: { template },
    move: afterSending(context, answerWithin),
  }),
});

const findTemplate = (name: string, catalog: Catalog): TemplateInfo | undefined =>
  catalog.templates.find((template) => template.name === name);

/** What a person can answer with, in the order of the message: quick replies, those of cards with the card's number, and the form. */
function answerRows(name: string, catalog: Catalog): { id: string; text: string }[] {
  const content = findTemplate(name, catalog)?.languages[0];
  if (!content) return [];
  const { buttons, header } = content;
  const cards = header?.kind === "cards" ? header.cards : [];
  return [
    ...buttons.flatMap(({ kind, id, text }) => {
      if (kind === "form") return [{ id: formHandle, text }];
      return kind === "quick-reply" ? [{ id: `button:${id}`, text }] : [];
    }),
    ...cards.flatMap((card, index) =>
      card.buttons
        .filter(({ kind }) => kind === "quick-reply")
        .map(({ id, text }) => ({ id: `button:${id}`, text: `${index + 1}. ${text}` })),
    ),
  ];
}

function templateProblems({ template, values }: Config, catalog: Catalog, { purpose }: FlowSettings): NodeProblem[] {
  const info = findTemplate(template, catalog);
  if (!info) return [{ rule: "unknown-template", field: "template", values: { template } }];
  const isApproved = info.languages.some((language) => language.status === "approved");
  const isMisplaced = info.category === "marketing" && purpose !== "marketing";
  const buttonSets = new Set(info.languages.map((language) => buttonIds(language).join()));
  return [
    ...(isApproved ? [] : [{ rule: "template-not-approved", field: "template", values: { template } }]),
    ...(isMisplaced
      ? [{ rule: "marketing-template", field: "template", values: { template, purpose }, mend: asMarketing }]
      : []),
    ...(buttonSets.size > 1 ? [{ rule: "buttons-differ", field: "template", values: { template } }] : []),
    ...[...new Set(info.languages.flatMap(templateVariables))].flatMap((variable) => blankProblems(variable, values)),
  ];
}

const asMarketing = { settings: { purpose: "marketing" as const } };

const buttonIds = (language: TemplateContent): string[] =>
  allButtons(language)
    .filter((button) => button.kind === "quick-reply")
    .map((button) => button.id);
