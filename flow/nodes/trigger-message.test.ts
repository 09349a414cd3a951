import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { FlowSettings, type Graph } from "../graph.ts";
import { matchTrigger } from "../match-trigger.ts";
import { messageEvent } from "../message-event.ts";
import { createSimulation, step } from "../simulate.ts";
import type { Action } from "../simulation/action.ts";
import { validate } from "../validate.ts";

const at = { x: 0, y: 0 };
const say = (body: string) => ({ language: "en", header: null, body, footer: null, buttons: [], list: null });
const graph = (data: object): Graph => ({
  schemaVersion: 1,
  nodes: [
    { id: "start", type: "trigger-message", position: at, data: { ...data } },
    {
      id: "answer",
      type: "free-message",
      position: at,
      data: {
        contents: [say("You wrote {{text}}")],
        values: {
          text: { from: "path", path: "event.text" },
        },
      },
    },
    {
      id: "more",
      type: "wait-until",
      position: at,
      data: { sources: [{ kind: "reply", id: "said" }], timeout: { amount: 1, unit: "hours" } },
    },
    { id: "agent", type: "hand-off", position: at, data: { queue: "Support", priority: "normal" } },
  ],
  edges: [
    { id: "a", source: "start", sourceHandle: "next", target: "answer" },
    { id: "b", source: "answer", sourceHandle: "next", target: "more" },
    { id: "c", source: "more", sourceHandle: "said", target: "agent" },
  ],
  settings: FlowSettings.parse({}),
});

const awa = { id: "c1", firstName: "Awa", locale: "en", timezone: null, attributes: { tier: "gold" }, tags: [] };
const number = "0198c0de-0000-7000-8000-000000000001";
const opens = (data: object, text: string, channelId: string | null = number): boolean =>
  !("refused" in matchTrigger(compile(graph(data)), messageEvent({ id: "m", channelId, at: 0 }, text), awa));

test.each<[string, object, string, boolean]>([
  ["the word in a sentence", { keywords: ["balance"] }, "What is my balance?", true],
  ["capitals and accents", { keywords: ["réclamation"] }, "RECLAMATION", true],
  ["the other way round", { keywords: ["reclamation"] }, "Une réclamation, svp", true],
  ["no part of a word", { keywords: ["pay"] }, "payment", false],
  ["several words in their order", { keywords: ["lost card"] }, "I have a lost card!", true],
  ["not in another order", { keywords: ["lost card"] }, "my card is lost", false],
  ["any of them", { keywords: ["solde", "balance"] }, "Solde", true],
  ["exactly, with signs", { match: "exact", keywords: ["balance"] }, "Balance!! 🙂", true],
  ["exactly is nothing beside it", { match: "exact", keywords: ["balance"] }, "my balance", false],
  ["other scripts", { keywords: ["शेष"] }, "मेरा शेष", true],
  ["anything", { match: "any" }, "xyz", true],
  ["without words nothing", { keywords: [] }, "balance", false],
  ["on its number", { match: "any", channel: number }, "x", true],
  ["on another number", { match: "any", channel: "0198c0de-0000-7000-8000-000000000002" }, "x", false],
  ["who fits", { match: "any", rule: { path: "contact.tier", op: "eq", value: "gold" } }, "x", true],
  ["who does not", { match: "any", rule: { path: "contact.tier", op: "eq", value: "basic" } }, "x", false],
])("%s", (_, data, text, isOpened) => expect(opens(data, text)).toBe(isOpened));

test.each<[string, object, string]>([
  ["no word", { keywords: [] }, "no-keywords"],
  ["a word without letters", { keywords: ["🙂"] }, "keyword-unheard"],
  ["a word that stops messages", { keywords: ["Arrêt"] }, "keyword-taken"],
])("is not published with %s", (_, data, rule) =>
  expect(validate(graph(data), { templates: [] }).map((problem) => problem.rule)).toContain(rule),
);

const play = (...actions: Action[]) =>
  actions.reduce(
    step,
    createSimulation({
      graph: graph({ keywords: ["balance"] }),
      catalog: { templates: [] },
      contact: awa,
      workspaceTimezone: "UTC",
      startAt: Date.UTC(2026, 10, 22, 12),
    }),
  );
const write = (text: string): Action => ({ kind: "reply", text });

test("the answer leaves at once, since the person has just written", () => {
  const sim = play(write("My balance please"));
  expect(sim.messages.at(-1)).toMatchObject({ status: "delivered", content: { body: "You wrote My balance please" } });
});

test("firing its event in the test bench is writing its text", () => {
  const sim = play({ kind: "event", name: "message.received", properties: { text: "balance" } });
  expect(sim.messages.map(({ direction }) => direction)).toEqual(["inbound", "outbound"]);
});

test("a step that waits for an answer gets it, and nothing starts anew; then the agent has the person", () => {
  const sim = play(write("balance"), write("balance"), write("balance"));
  expect(sim.enrollments).toHaveLength(1);
  expect(sim.handOffs).toHaveLength(1);
});

test.each(["Hello", "STOP"])("%s starts nothing", (text) => expect(play(write(text)).enrollments).toEqual([]));
