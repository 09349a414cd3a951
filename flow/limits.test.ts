import { describe, expect, test } from "vitest";
import { enroll } from "./advance.ts";
import { compile } from "./compile.ts";
import { emptyGraph, Graph, type GraphNode } from "./graph.ts";
import type { Rule } from "./rule.ts";
import { validate } from "./validate.ts";

// docs/limits.md: each limit is taken at its edge and refused, with a sentence or a named finding, one past it.

const at = { x: 0, y: 0 };
const node = (id: string, type: string, data: object = {}): GraphNode => ({
  id,
  type,
  position: at,
  data: { ...data },
});
const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => make(i));
const line = { path: "event.amount", op: "gte", value: 1 } as const;
const lines = (count: number): Rule => ({ all: many(count, () => line) });
/** A test within so many groups. */
const nested = (levels: number): Rule => many(levels, () => null).reduce<Rule>((inner) => ({ all: [inner] }), line);
const deep = (levels: number): unknown => many(levels, () => null).reduce<unknown>((inner) => [inner], "end");

const note = (id: string, text = "") => ({ id, text, colour: "amber", author: "Awa Diop", position: at });
const group = (id: string) => ({ id, name: "Start", colour: "grey", steps: [] });

const graph = (change: object = {}): unknown => ({ ...emptyGraph(), ...change });
const settings = (change: object): unknown => graph({ settings: { ...emptyGraph().settings, ...change } });
const withNode = (change: object): unknown => graph({ nodes: [{ ...node("a", "wait"), ...change }] });
function ofLength(characters: number): unknown {
  const pad = (text: string) => graph({ nodes: [node("a", "exit", { pad: text })] });
  return pad("x".repeat(characters - JSON.stringify(Graph.parse(pad(""))).length));
}

test.each<[string, (size: number) => unknown, number, RegExp]>([
  ["steps", (size) => graph({ nodes: many(size, (i) => node(`n${i}`, "exit")) }), 500, /at most 500 steps/],
  [
    "edges",
    (size) => graph({ edges: many(size, (i) => ({ id: `e${i}`, source: "a", sourceHandle: "h", target: "b" })) }),
    2000,
    /at most 2000 edges/,
  ],
  ["notes", (size) => graph({ notes: many(size, (i) => note(`n${i}`)) }), 200, /at most 200 notes/],
  ["characters of a note", (size) => graph({ notes: [note("n", "x".repeat(size))] }), 2000, /2000/],
  ["groups", (size) => graph({ groups: many(size, (i) => group(`g${i}`)) }), 100, /at most 100 groups/],
  ["characters", ofLength, 1_000_000, /at most 1,000,000 characters/],
  ["levels of a step's settings", (size) => withNode({ data: { it: deep(size - 1) } }), 32, /at most 32 deep/],
  ["characters of a step's name", (size) => withNode({ title: "x".repeat(size) }), 80, /80/],
  ["characters of a step's id", (size) => withNode({ id: "x".repeat(size) }), 64, /64/],
  ["exit criteria", (size) => settings({ exitOn: many(size, () => ({ event: "x" })) }), 20, /20/],
  ["hours of the goal's window", (windowHours) => settings({ goal: { event: "x", windowHours } }), 8760, /8760/],
  ["days of the re-entry rule", (days) => settings({ reEntry: { mode: "after-days", days } }), 365, /365/],
  ["minutes until a message is dropped", (size) => settings({ dropAfterMinutes: size }), 43_200, /43200/],
  ["hours a message waits for its template", (size) => settings({ templateHoldHours: size }), 720, /720/],
  ["lines of a group", (size) => settings({ exitOn: [{ event: "x", rule: lines(size) }] }), 50, /at most 50 lines/],
  ["levels of a rule", (size) => settings({ exitOn: [{ event: "x", rule: nested(size) }] }), 10, /at most 10 deep/],
])("saving: %s", (_, make, edge, sentence) => {
  expect(Graph.safeParse(make(edge)).error).toBeUndefined();
  const refusal = Graph.safeParse(make(edge + 1)).error;
  expect(JSON.stringify(refusal?.issues)).toMatch(sentence);
});

test("saving: what is nested a hundred thousand deep is refused and crashes nothing", () => {
  let rule: unknown = line;
  for (let level = 0; level < 100_000; level += 1) rule = { all: [rule] };
  expect(Graph.safeParse(settings({ exitOn: [{ event: "x", rule }] })).success).toBe(false);
  expect(Graph.safeParse(withNode({ data: { rule } })).success).toBe(false);
});

const duration = (amount: number, unit: string) => ({ mode: "duration", duration: { amount, unit } });
const branches = (count: number, rule: Rule = line) => ({
  branches: many(count, (i) => ({ id: `b${i}`, name: "B", rule })),
});
const arms = (count: number, first = 100) => ({
  experimentId: "x",
  arms: many(count, (i) => ({ id: `a${i}`, name: "A", weight: i === 0 ? first : 0 })),
});
const sources = (count: number) => ({
  sources: many(count, (i) => ({ kind: "event", id: `s${i}`, event: "x" })),
  timeout: { amount: 1, unit: "days" },
});
const untilAtMost = (amount: number) => ({ ...sources(1), timeout: { amount, unit: "days" } });
const changes = (count: number) => ({ changes: many(count, () => ({ op: "add-tag", tag: "x" })) });
const call = (timeoutSeconds: number) => ({ method: "GET", url: "https://core.example", timeoutSeconds });

test.each<[string, string, (size: number) => object, number, string]>([
  ["days of a wait", "wait", (size) => duration(size, "days"), 365, "duration"],
  ["hours of a wait", "wait", (size) => duration(size, "hours"), 8_760, "duration"],
  ["minutes of a wait", "wait", (size) => duration(size, "minutes"), 525_600, "duration"],
  [
    "hours after a date",
    "wait",
    (size) => ({ mode: "date", path: "event.due", offsetHours: size }),
    8_760,
    "offsetHours",
  ],
  ["days of waiting for something", "wait-until", untilAtMost, 365, "timeout"],
  ["things waited for", "wait-until", sources, 10, "sources"],
  ["branches", "condition", branches, 10, "branches"],
  ["lines of a group", "condition", (size) => branches(1, lines(size)), 50, "branches.0.rule"],
  ["levels of a rule", "condition", (size) => branches(1, nested(size)), 10, "branches.0.rule"],
  ["arms", "split", arms, 8, "arms"],
  ["percent of all arms", "split", (size) => arms(2, size), 100, "arms"],
  ["changes of a person", "update-contact", changes, 20, "changes"],
  ["seconds of a webhook", "webhook", call, 10, "timeoutSeconds"],
])("publishing: %s", (_, type, make, edge, field) => {
  const found = (size: number) =>
    validate(Graph.parse(graph({ nodes: [node("it", type, make(size))] })), { templates: [] }).filter(
      (problem) => problem.nodeId === "it" && problem.rule !== "unreachable-step" && problem.severity === "error",
    );
  expect(found(edge)).toEqual([]);
  expect(found(edge + 1)).toMatchObject([{ nodeId: "it", field: expect.stringContaining(field) }]);
});

describe("running", () => {
  const day = 86_400_000;
  const now = Date.UTC(2027, 1, 28, 12);
  const enter = (due: number) => {
    const flow = Graph.parse(
      graph({
        nodes: [node("start", "trigger-event", { event: "x" }), node("w", "wait", { mode: "date", path: "event.due" })],
        edges: [{ id: "e", source: "start", sourceHandle: "next", target: "w" }],
      }),
    );
    const contact = { id: "c", firstName: null, locale: null, timezone: null, attributes: {}, tags: [] };
    const event = { id: "e", name: "x", properties: { due: new Date(due).toISOString() }, at: now };
    return enroll({ flow: compile(flow), contact, now, workspaceTimezone: "UTC", event, key: null });
  };

  test("a wait for a date in 365 days, over a 29 February, is a wait", () =>
    expect(enter(now + 365 * day).enrollment).toMatchObject({ status: "waiting", wait: { wakeAt: now + 365 * day } }));

  test("one for a date beyond that ends the enrollment and says which limit", () => {
    const { enrollment, trace } = enter(now + 365 * day + 1);
    expect(enrollment).toMatchObject({ status: "ended", endReason: "limit" });
    expect(trace.at(-1)).toMatchObject({
      kind: "ended",
      nodeId: "w",
      detail: { limit: "wait", until: now + 365 * day + 1 },
    });
  });
});
