import { z } from "zod";
import { Binding, type LinkBinding } from "../binding.ts";
import type { NodeProblem } from "../define-node.ts";
import { defineNode } from "../define-node.ts";
import { factsOf } from "../facts.ts";
import { formatBinding, mayStayEmpty } from "../format-binding.ts";
import type { FlowSettings } from "../graph.ts";
import { type Catalog, type TemplateContent, type TemplateInfo, templateVariables } from "../template.ts";

/** With an open "next" and another way out (a button, failed) the step waits this long for it. */
export const replyWindowHours = 168;

const config = z.strictObject({
  template: z.string().min(1).max(512).meta({ field: "template", label: "sendThisTemplate" }),
  /** What fills each blank of the template. */
  values: z.record(z.string(), Binding).default({}).meta({ field: "bindings", label: "fillTheBlanks" }),
});
type Config = z.output<typeof config>;

/** Sends a template. The person goes on by "next" at once; a tap on a button later leads where that button's handle leads. */
export const send = defineNode({
  type: "send",
  family: "message",
  icon: "send",
  config,
  initial: () => ({ template: "", values: {} }),
  handles: ({ template }, catalog) => [
    ...quickReplies(template, catalog).map((button) => ({
      id: `button:${button.id}`,
      place: "reply" as const,
      text: button.text,
      byPerson: true as const,
    })),
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
  enter: ({ template, values }, context) => {
    const facts = factsOf(context);
    const zone = context.contact.timezone ?? context.workspaceTimezone;
    const texts: Record<string, string | null> = {};
    const links: Record<string, LinkBinding> = {};
    for (const [variable, binding] of Object.entries(values)) {
      if (binding.from === "link") links[variable] = binding;
      else texts[variable] = formatBinding(binding, facts, context.contact.locale, zone);
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
        : signal.kind === "reply"
          ? ["replied"]
          : signal.kind === "status" && (signal.status === "failed" || signal.status === "blocked")
            ? [signal.status]
            : [];
    return wanted.find(isConnected) ?? null;
  },
});

const findTemplate = (name: string, catalog: Catalog): TemplateInfo | undefined =>
  catalog.templates.find((template) => template.name === name);

function quickReplies(name: string, catalog: Catalog) {
  const content = findTemplate(name, catalog)?.languages[0];
  return (content?.buttons ?? []).filter((button) => button.kind === "quick-reply");
}

function templateProblems({ template, values }: Config, catalog: Catalog, { purpose }: FlowSettings): NodeProblem[] {
  const info = findTemplate(template, catalog);
  if (!info) return [{ rule: "unknown-template", field: "template", values: { template } }];
  const isApproved = info.languages.some((language) => language.status === "approved");
  const isMisplaced = info.category === "marketing" && purpose !== "marketing";
  const buttonSets = new Set(info.languages.map((language) => buttonIds(language).join()));
  return [
    ...(isApproved ? [] : [{ rule: "template-not-approved", field: "template", values: { template } }]),
    ...(isMisplaced ? [{ rule: "marketing-template", field: "template", values: { template, purpose } }] : []),
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
  return mayStayEmpty(binding) ? [{ rule: "no-fallback", severity: "warning", ...finding }] : [];
}

const buttonIds = (language: TemplateContent): string[] =>
  language.buttons.filter((button) => button.kind === "quick-reply").map((button) => button.id);
