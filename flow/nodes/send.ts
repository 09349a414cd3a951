import { z } from "zod";
import { Binding, type LinkBinding } from "../binding.ts";
import { defineNode, type NeededValue, type NodeProblem } from "../define-node.ts";
import { factsOf } from "../facts.ts";
import { formatBinding, neededPaths, onOneLine } from "../format-binding.ts";
import type { FlowSettings } from "../graph.ts";
import { type Json, readPath } from "../json.ts";
import {
  allButtons,
  type Catalog,
  offerEnd,
  productsVariables,
  type TemplateContent,
  type TemplateInfo,
  templateVariables,
} from "../template.ts";

/** With an open "next" and another way out (a button, failed) the step waits this long for it. */
export const replyWindowHours = 168;

const config = z.strictObject({
  template: z.string().min(1).max(512).meta({ field: "template", label: "sendThisTemplate" }),
  /** What fills each blank of the template. */
  values: z.record(z.string(), Binding).default({}).meta({ field: "bindings", label: "fillTheBlanks" }),
});
type Config = z.output<typeof config>;

/** Sends a template. The person goes on by "next" at once; a tap on a button or the answers of a form lead later where their handle leads. */
export const send = defineNode({
  type: "send",
  family: "message",
  icon: "send",
  config,
  initial: () => ({ template: "", values: {} }),
  handles: ({ template }, catalog) => [
    ...answerRows(template, catalog).map((row) => ({ ...row, place: "reply" as const, byPerson: true as const })),
    { id: "replied", place: "quiet", label: ["send.replied"], byPerson: true },
    { id: "failed", place: "quiet", label: ["send.failed"] },
    { id: "blocked", place: "quiet", label: ["send.blocked"] },
    { id: "next", place: "main" },
  ],
  summary: ({ template }, catalog) => {
    const info = findTemplate(template, catalog);
    return info
      ? ["send.summary", { template, category: info.category, count: info.languages.length }]
      : ["send.noTemplate"];
  },
  problems: templateProblems,
  // What the other handles lead out for comes at any time.
  stays: (_, handle) => ({ least: 0, most: handle === "next" ? 0 : Number.POSITIVE_INFINITY }),
  keeps: (_, handle) => (handle === formHandle ? ["form"] : /^(button:|replied$)/.test(handle) ? ["reply"] : []),
  needs: ({ template, values }, catalog) => {
    const blanks = new Set(findTemplate(template, catalog)?.languages.flatMap(templateVariables));
    return Object.entries(values).flatMap(([variable, binding]) =>
      blanks.has(variable) ? neededBy(variable, binding) : [],
    );
  },
  shows: ({ values }) =>
    Object.entries(values).flatMap(([variable, binding]) =>
      binding.from === "path" ? [{ path: binding.path, field: "values", name: variable }] : [],
    ),
  template: ({ template }) => template,
  chargedAs: ({ template }, catalog) => findTemplate(template, catalog)?.category ?? null,
  enter: ({ template, values }, context) => {
    const facts = factsOf(context);
    const zone = context.contact.timezone ?? context.workspaceTimezone;
    const texts: Record<string, string | null> = {};
    const links: Record<string, LinkBinding> = {};
    for (const [variable, binding] of Object.entries(values)) {
      if (binding.from === "link") links[variable] = binding;
      else
        texts[variable] =
          listed(variable, binding, facts) ??
          formatBinding(readable(variable, binding), facts, context.contact.locale, zone);
    }
    const { purpose, sendingHours, collects, dropAfterMinutes, templateHoldHours } = context.settings;
    const waitsForAnswer = context.hasWayOut && !context.isConnected("next");
    return {
      effects: [
        {
          kind: "send",
          visit: context.visit,
          nodeId: context.nodeId,
          template,
          purpose,
          values: texts,
          links,
          sendingHours,
          ...(collects && { collects }),
          dropAfterMinutes,
          ...(templateHoldHours && { templateHoldHours }),
        },
      ],
      detail: { template },
      move: waitsForAnswer ? { wait: { wakeAt: context.now + replyWindowHours * 3_600_000 } } : { leaveBy: "next" },
    };
  },
  receive: (_, signal) => (signal.kind === "timer" ? { move: { end: "no-answer" } } : null),
  recall: (_, signal, { isConnected }) => {
    const wanted =
      signal.kind === "button"
        ? [`button:${signal.buttonId}`, "replied"]
        : signal.kind === "form"
          ? [formHandle, "replied"]
          : signal.kind === "reply"
            ? ["replied"]
            : signal.kind === "status" && (signal.status === "failed" || signal.status === "blocked")
              ? [signal.status]
              : [];
    return wanted.find(isConnected) ?? null;
  },
});

type TextBinding = Exclude<Binding, LinkBinding>;

/** What a blank is filled from when nothing else can stand there. */
const neededBy = (variable: string, binding: Binding): NeededValue[] =>
  neededPaths(binding).map((path) => ({ path, field: "values", name: variable }));

/** An offer's end is read by the phone, so that it travels as it is and not as people write dates. */
const readable = (variable: string, binding: TextBinding): TextBinding =>
  variable === offerEnd && binding.from === "path" ? { ...binding, format: { kind: "text" } } : binding;

/** Which products a message offers may come as a list of their ids, as an event of a shop has it. */
function listed(variable: string, binding: TextBinding, facts: Json): string | null {
  const value = variable === productsVariables[1] && binding.from === "path" ? readPath(facts, binding.path) : null;
  const isList = Array.isArray(value) && value.length > 0 && value.every((id) => typeof id !== "object");
  return isList ? onOneLine(value.join(", ")) : null;
}

const findTemplate = (name: string, catalog: Catalog): TemplateInfo | undefined =>
  catalog.templates.find((template) => template.name === name);

/** The way out of a form's answers. A template has one form at most, and its answers do not say which button it was. */
export const formHandle = "form";

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
    ...[...new Set(info.languages.flatMap(templateVariables))].flatMap((variable) =>
      variableProblems(variable, Object.hasOwn(values, variable) ? values[variable] : undefined),
    ),
  ];
}

function variableProblems(variable: string, binding: Binding | undefined): NodeProblem[] {
  const finding = { field: "values", values: { variable } };
  if (!binding) return [{ rule: "missing-variable", ...finding }];
  if (variable.startsWith("link.") !== (binding.from === "link")) return [{ rule: "wrong-binding", ...finding }];
  return [];
}

const asMarketing = { settings: { purpose: "marketing" as const } };

const buttonIds = (language: TemplateContent): string[] =>
  allButtons(language)
    .filter((button) => button.kind === "quick-reply")
    .map((button) => button.id);
