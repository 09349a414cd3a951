import { type Graph, type Purpose, purposes } from "#flow/graph.ts";
import type { JsonObject } from "#flow/json.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import type { TemplateInfo } from "#flow/template.ts";

/** A flow of which the harness knows what each event must lead to. */
export type KnownFlow = {
  name: string;
  /** The event of the load that opens it; null: people come into it by something else. */
  event: string | null;
  purpose: Purpose;
  graph: Graph;
  /** The first message, sent once for each event with path "send"; null: nothing is foretold about its messages. */
  firstTemplate: string | null;
  /** What its events say beside ref, path, amount, currency and the time of its wait. */
  properties?: JsonObject;
  /** Templates of its own, beside those that every world has. */
  templates?: readonly TemplateInfo[];
  /** What drawn steps call it by: each workspace has it under an id of its own. */
  place?: string;
};

/** What drawn steps name that is only known when there is a world: each stands in for something of the workspace. */
export const placeOf = {
  /** The flow that drawn steps run. */
  partner: "00000000-0000-7000-8000-0000000000a1",
  /** The segment of those whom drawn flows have noted twice. */
  noted: "00000000-0000-7000-8000-0000000000b1",
  /** The segment of the few with the best scores. */
  rich: "00000000-0000-7000-8000-0000000000b2",
  /** The system that webhook steps ask. */
  endpoint: "http://endpoint.invalid",
};

const rule = (path: string, op: string, value: unknown) => ({ path, op, value });
const oneMinute = { amount: 1, unit: "minutes" };

/** Words that a message carries so that the provider's own record tells which event it is about. */
export const sendStep = (id: string, template: string, hasRef = true) =>
  step(id, "send", [0, 0], { template, values: valuesOf(hasRef) });

/** What fills its blanks. `hasRef`: an event of the load is behind it. */
export const valuesOf = (hasRef: boolean) => ({
  first_name: { from: "path", path: "contact.firstName" },
  ref: hasRef ? { from: "path", path: "event.ref" } : { from: "text", text: "you" },
});

/** Trigger, condition, wait, send, branch on status, note on the person, split, second send. */
export const knownFlows: readonly KnownFlow[] = purposes.map((purpose) => {
  const first = `${purpose}_note`;
  const sources = [
    { kind: "status", id: "delivered", status: "delivered" },
    { kind: "status", id: "failed", status: "failed" },
    { kind: "event", id: "settled", event: `bank.${purpose}.settled` },
  ];
  return {
    name: `Known ${purpose}`,
    event: `bank.${purpose}`,
    purpose,
    firstTemplate: first,
    graph: drawGraph(
      { purpose, reEntry: { mode: "every-event" }, enrollmentKey: "event.ref" },
      [
        step("start", "trigger-event", [0, 0], { event: `bank.${purpose}`, rule: { all: [] } }),
        step("which", "condition", [0, 0], {
          branches: [{ id: "send", name: "Send", rule: rule("event.path", "eq", "send") }],
        }),
        step("not-meant", "exit", [0, 0], { reason: "not meant" }),
        step("pause", "wait", [0, 0], { mode: "date", path: "event.wakeAt", offsetHours: 0 }),
        sendStep("first", first),
        step("outcome", "wait-until", [0, 0], { sources, timeout: oneMinute }),
        step("told", "update-contact", [0, 0], {
          changes: [{ op: "increment", attribute: `told_${purpose}`, by: 1 }],
        }),
        step("halves", "split", [0, 0], {
          experimentId: `known-${purpose}`,
          arms: [
            { id: "a", name: "A", weight: 50 },
            { id: "b", name: "B", weight: 50 },
          ],
        }),
        sendStep("second", `${purpose}_second`),
        step("reached", "goal", [0, 0], { name: "told" }),
        step("quiet", "exit", [0, 0], { reason: "no status" }),
        step("refused", "exit", [0, 0], { reason: "refused" }),
      ],
      [
        ["start", "next", "which"],
        ["which", "send", "pause"],
        ["which", "else", "not-meant"],
        ["pause", "next", "first"],
        ["first", "next", "outcome"],
        ["first", "blocked", "refused"],
        ["first", "failed", "refused"],
        ["outcome", "delivered", "told"],
        ["outcome", "settled", "told"],
        ["outcome", "failed", "refused"],
        ["outcome", "timeout", "quiet"],
        ["told", "next", "halves"],
        ["halves", "a", "reached"],
        ["halves", "b", "second"],
        ["second", "next", "reached"],
      ],
    ),
  };
});

/** What generated flows send. */
export const extraTemplate = (purpose: Purpose): string => `${purpose}_extra`;

/** The templates that every world has. The purpose is the first word of the name: the provider's record tells it. */
export const worldTemplates: readonly TemplateInfo[] = purposes.flatMap((purpose) =>
  [`${purpose}_note`, `${purpose}_second`, extraTemplate(purpose)].map(
    (name): TemplateInfo => ({
      name,
      category: purpose === "marketing" ? "marketing" : "utility",
      samples: { first_name: "Ana", ref: "E-1" },
      languages: [
        {
          language: "en",
          header: null,
          body: `Hello {{first_name}}, this is about {{ref}} (${name.replace("_", " ")}).`,
          footer: null,
          buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
          status: "approved",
        },
      ],
    }),
  ),
);

export const purposeOfTemplate = (name: string): Purpose | null =>
  purposes.find((purpose) => name.startsWith(`${purpose}_`)) ?? null;
