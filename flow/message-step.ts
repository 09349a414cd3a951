import { z } from "zod";
import { Binding, type LinkBinding } from "./binding.ts";
import type { Handle, NeededValue, NodeProblem, Stay, StepContext, StepResult } from "./define-node.ts";
import { Duration, durationMs } from "./duration.ts";
import type { Effect } from "./effect.ts";
import { factsOf } from "./facts.ts";
import { formatBinding, neededPaths, onOneLine } from "./format-binding.ts";
import type { FreeContent } from "./free-message.ts";
import { type Json, readPath } from "./json.ts";
import type { Signal } from "./signal.ts";
import { offerEnd, productsVariables } from "./template.ts";

/** What every step that sends a message has in common: its blanks, its ways out, and how it hears what becomes of the message. */

/** How long a message waits for its person where nothing leads on at once. */
export const AnswerWithin = Duration.default({ amount: 7, unit: "days" });

/** What fills each blank of the message. */
export const Values = z.record(z.string(), Binding).default({});
export type Values = z.output<typeof Values>;

/** The way out of a form's answers. A template has one form at most, and its answers do not say which button it was. */
export const formHandle = "form";

/** Ways out: what people can answer with, in the order of the message, then what may become of it, and on. */
export const messageWays = (rows: readonly { id: string; text: string }[]): Handle[] => [
  ...rows.map((row) => ({ ...row, place: "reply" as const, byPerson: true as const })),
  { id: "replied", place: "quiet", label: ["send.replied"], byPerson: true },
  { id: "delivered", place: "quiet", label: ["send.delivered"], whileHere: true },
  { id: "read", place: "quiet", label: ["send.read"], whileHere: true },
  { id: "failed", place: "quiet", label: ["send.failed"] },
  { id: "blocked", place: "quiet", label: ["send.blocked"] },
  { id: "timeout", place: "quiet", label: ["send.timeout"], whileHere: true },
  { id: "next", place: "main" },
];

type SendEffect = Extract<Effect, { kind: "send" }>;
type Said = { template: string | null; free?: FreeContent[]; values: Values };

/** The message as an effect, by the flow's settings and with its blanks filled from what is known now. */
export function sendEffect(context: StepContext, { template, free, values }: Said): SendEffect {
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
  const { purpose, sendingHours, collects, capPerDay, dropAfterMinutes, templateHoldHours } = context.settings;
  return {
    kind: "send",
    visit: context.visit,
    nodeId: context.nodeId,
    template,
    ...(free && { free }),
    purpose,
    values: texts,
    links,
    sendingHours,
    ...(collects && { collects }),
    ...(capPerDay && { capPerDay }),
    dropAfterMinutes,
    ...(templateHoldHours && { templateHoldHours }),
  };
}

/** On at once by "next"; where only other ways are drawn the person stays until one of them is taken, or the time is up. */
export const afterSending = (context: StepContext, answerWithin: Duration): StepResult["move"] =>
  context.hasWayOut && !context.isConnected("next")
    ? { wait: { wakeAt: context.now + durationMs(answerWithin) } }
    : { leaveBy: "next" };

/**
 * What the step hears while the person stands on it: the time that is up, and that the message arrived or was read. Who went on by
 * "next" is not called back by that. Who has read a message has had it delivered, also when the provider never says so.
 */
function hearMessage(signal: Signal, { visit, isConnected }: StepContext): StepResult | null {
  if (signal.kind === "timer") return { move: isConnected("timeout") ? { leaveBy: "timeout" } : { end: "no-answer" } };
  if (signal.kind !== "status" || signal.visit !== visit) return null;
  const wanted = signal.status === "read" ? ["read", "delivered"] : signal.status === "delivered" ? ["delivered"] : [];
  const handle = wanted.find(isConnected);
  return handle ? { detail: { status: signal.status }, move: { leaveBy: handle } } : null;
}

/** Where a tap, an answer or a failure of an earlier message leads, whenever it comes. */
function recallMessage(signal: Signal, { isConnected }: Pick<StepContext, "isConnected">): string | null {
  return wanted(signal).find(isConnected) ?? null;
}

function wanted(signal: Signal): string[] {
  switch (signal.kind) {
    case "button":
      return [`button:${signal.buttonId}`, "replied"];
    case "form":
      return [formHandle, "replied"];
    case "reply":
      return ["replied"];
    case "status":
      return signal.status === "failed" || signal.status === "blocked" ? [signal.status] : [];
    default:
      return [];
  }
}

/** How long people stay who leave by a handle. What an act of theirs or a failure leads out for comes at any time. */
function staysAtMessage(handle: string, answerWithin: Duration): Stay {
  const most = durationMs(answerWithin);
  if (handle === "next") return { least: 0, most: 0 };
  if (handle === "timeout") return { least: most, most };
  return { least: 0, most: handle === "delivered" || handle === "read" ? most : Number.POSITIVE_INFINITY };
}

const keptByAnswer = (handle: string): string[] =>
  handle === formHandle ? ["form"] : /^(button:|replied$)/.test(handle) ? ["reply"] : [];

/** What these blanks are filled from when nothing else can stand there. */
export function neededBy(values: Values, blanks: readonly string[]): NeededValue[] {
  const known = new Set(blanks);
  return Object.entries(values).flatMap(([variable, binding]) =>
    known.has(variable) ? neededPaths(binding).map((path) => ({ path, field: "values", name: variable })) : [],
  );
}

export const shownBy = (values: Values): NeededValue[] =>
  Object.entries(values).flatMap(([variable, binding]) =>
    binding.from === "path" ? [{ path: binding.path, field: "values", name: variable }] : [],
  );

/** What is wrong with how a blank is filled. */
export function blankProblems(variable: string, values: Values): NodeProblem[] {
  const binding = Object.hasOwn(values, variable) ? values[variable] : undefined;
  const finding = { field: "values", values: { variable } };
  if (!binding) return [{ rule: "missing-variable", ...finding }];
  if (variable.startsWith("link.") !== (binding.from === "link")) return [{ rule: "wrong-binding", ...finding }];
  return [];
}

type TextBinding = Exclude<Binding, LinkBinding>;

/** An offer's end and what an order says are read by the phone, so that they travel as they are and not as people write dates and amounts. */
const readable = (variable: string, binding: TextBinding): TextBinding =>
  (variable === offerEnd || variable.startsWith("order.")) && binding.from === "path"
    ? { ...binding, format: { kind: "text" } }
    : binding;

/** Which products a message offers may come as a list of their ids, as an event of a shop has it. */
function listed(variable: string, binding: TextBinding, facts: Json): string | null {
  const value = variable === productsVariables[1] && binding.from === "path" ? readPath(facts, binding.path) : null;
  const isList = Array.isArray(value) && value.length > 0 && value.every((id) => typeof id !== "object");
  return isList ? onOneLine(value.join(", ")) : null;
}

/** How a step goes on that sends and does not stay for the answer: what becomes of the message leads on from it whenever it comes. */
export const goesOnByMessage = {
  stays: ({ answerWithin }: { answerWithin: Duration }, handle: string): Stay => staysAtMessage(handle, answerWithin),
  keeps: (_: unknown, handle: string): string[] => keptByAnswer(handle),
  shows: ({ values }: { values: Values }): NeededValue[] => shownBy(values),
  receive: (_: unknown, signal: Signal, context: StepContext): StepResult | null => hearMessage(signal, context),
  recall: (_: unknown, signal: Signal, context: StepContext): string | null => recallMessage(signal, context),
};
