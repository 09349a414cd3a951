import { describe, expect, test } from "vitest";
import { type CsatAs, csatContent, readScore } from "../csat.ts";
import { emptyGraph, type Graph } from "../graph.ts";
import { lintFree } from "../lint-free.ts";
import { createSimulation, currentEnrollment, step } from "../simulate.ts";
import type { Action } from "../simulation/action.ts";

test.each<[string, number | null]>([
  ["5", 5],
  ["4/5", 4],
  ["I give you a 3", 3],
  ["2 stars", 2],
  ["⭐⭐⭐⭐", 4],
  ["Five", 5],
  ["cinq", 5],
  ["Tres", 3],
  ["Très bien, merci !", 5],
  ["very good", 5],
  ["C’était pas mal", 4],
  ["not good", 2],
  ["nul", 1],
  ["bof", 3],
  ["Muy mal", 1],
  ["अच्छी", 4],
  ["6", null],
  ["0", null],
  ["10/10", null],
  ["I paid 3 of 7 bills", null],
  ["Where is my card?", null],
  ["Call me on 4 4 4 4", null],
  ["", null],
])("%s is understood as %s", (text, score) => expect(readScore(text)).toBe(score));

const languages = ["en", "fr", "es", "pt_BR", "hi", "de"];
test.each(languages.flatMap((language) => (["list", "buttons"] as CsatAs[]).map((as) => [language, as] as const)))(
  "the usual words in %s as %s are taken by WhatsApp",
  (language, as) => expect(lintFree([csatContent(language, as)])).toEqual([]),
);

const at = { x: 0, y: 0 };
const ways = ["positive", "neutral", "negative", "no-answer"];
const graph = (more: string[] = [], as: CsatAs = "list"): Graph => ({
  ...emptyGraph(),
  nodes: [
    { id: "start", type: "trigger-event", position: at, data: { event: "conversation.closed" } },
    {
      id: "ask",
      type: "csat",
      position: at,
      data: { contents: [csatContent("en", as), csatContent("fr", as)], timeout: { amount: 4, unit: "hours" } },
    },
    ...[...ways, ...more].map((id) => ({ id, type: "exit", position: at, data: { reason: id } })),
  ],
  edges: [
    { id: "e", source: "start", sourceHandle: "next", target: "ask" },
    ...[...ways, ...more].map((handle) => ({ id: handle, source: "ask", sourceHandle: handle, target: handle })),
  ],
});

const say = (text: string): Action => ({ kind: "reply", text });
const tap = (buttonId: string): Action => ({ kind: "tap", messageId: "m2", buttonId });
function play(actions: Action[], { more = [] as string[], as = "list" as CsatAs, isSilent = false } = {}) {
  const begin = createSimulation({
    graph: graph(more, as),
    catalog: { templates: [] },
    contact: { id: "c1", firstName: "Awa", locale: "fr", timezone: null, attributes: {}, tags: [] },
    workspaceTimezone: "UTC",
    startAt: Date.UTC(2026, 10, 22, 12),
  });
  const asked: Action = { kind: "event", name: "conversation.closed", properties: {} };
  return [...(isSilent ? [] : [say("Merci")]), asked, ...actions].reduce(step, begin);
}
const endOf = (sim: ReturnType<typeof play>) => currentEnrollment(sim)?.state.endNote ?? "stays";

describe("an answer", () => {
  test.each<[string, Action, CsatAs, string, object]>([
    ["a row", tap("score-5"), "list", "positive", { score: 5, verdict: "positive" }],
    ["another row", tap("score-2"), "list", "negative", { score: 2, verdict: "negative" }],
    ["a button", tap("score-3"), "buttons", "neutral", { score: 3, verdict: "neutral" }],
    ["words", say("Parfait"), "list", "positive", { score: 5, verdict: "positive", comment: "Parfait" }],
  ])("by %s leads on and is told as an event", (_, action, as, end, properties) => {
    const sim = play([action], { as });
    expect(endOf(sim)).toBe(end);
    expect(sim.log.find((entry) => entry.kind === "event" && entry.name === "csat.answered")).toMatchObject({
      properties,
    });
    expect(currentEnrollment(sim)?.state.values.csat).toBe(Reflect.get(properties, "score"));
  });

  test("that is no score is waited past, or leads on where that is drawn", () => {
    expect(endOf(play([say("Where is my card?")]))).toBe("stays");
    expect(endOf(play([say("Where is my card?"), say("4")]))).toBe("positive");
    expect(endOf(play([say("Where is my card?")], { more: ["unclear"] }))).toBe("unclear");
  });
});

test("nobody answers", () => expect(endOf(play([{ kind: "skip" }]))).toBe("no-answer"));

test("who cannot be asked does not wait", () => {
  expect(endOf(play([], { isSilent: true }))).toBe("no-answer");
  expect(endOf(play([], { isSilent: true, more: ["blocked"] }))).toBe("blocked");
});
