import { describe, expect, test } from "vitest";
import { FlowSettings, type Graph, type GraphEdge, type GraphNode } from "../graph.ts";
import type { Rule } from "../rule.ts";
import { starters } from "../starters/index.ts";
import type { Catalog, TemplateInfo } from "../template.ts";
import type { Problem } from "./problem.ts";
import { prove } from "./prove.ts";

const node = (id: string, type: string, data: Record<string, unknown> = {}): GraphNode => ({
  id,
  type,
  data,
  position: { x: 0, y: 0 },
});
/** "start.next>hi" */
const edge = (text: string): GraphEdge => {
  const [from = "", target = ""] = text.split(">");
  const [source = "", sourceHandle = ""] = from.split(".");
  return { id: text, source, sourceHandle, target };
};

const template = (name: string, languages = ["en"]): TemplateInfo => ({
  name,
  category: "utility",
  samples: {},
  languages: languages.map((language) => ({
    ...{ language, status: "approved", header: null, body: "Hello {{name}}, welcome.", footer: null },
    buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
  })),
});
const catalog: Catalog = {
  capPerDay: 3,
  quietMs: 11 * 3_600_000,
  templates: [template("hello"), template("both", ["en", "fr"])],
  prices: [
    { market: "CL", category: "utility", currency: "USD", amountMicros: 20_000 },
    { market: "IN", category: "utility", currency: "USD", amountMicros: 1_400 },
  ],
};

const start = (rule: Rule = { all: [] }) => node("start", "trigger-event", { event: "begin", rule });
const value = (path: string, fallback: string | null = "you") => ({ name: { from: "path", path, fallback } });
const send = (id: string, values: object = value("contact.firstName"), name = "hello") =>
  node(id, "send", { template: name, values });
const free = (id: string) => node(id, "free-message", { contents: [{ language: "en", body: "Yes?" }] });
const wait = (id: string, amount: number, unit = "hours") =>
  node(id, "wait", { mode: "duration", duration: { amount, unit } });
const hear = (id: string, hours: number) =>
  node(id, "wait-until", { sources: [{ kind: "reply", id: "said" }], timeout: { amount: hours, unit: "hours" } });
const ask = node("ask", "webhook", { method: "GET", url: "https://core.example", mapping: { limit: "limit" } });
const decide = (id: string, ...rules: Rule[]) =>
  node(id, "condition", { branches: rules.map((rule, at) => ({ id: `b${at}`, name: `B${at}`, rule })) });
const n = (op: "gt" | "lt" | "eq" | "exists" | "notExists", than?: number): Rule => ({
  path: "event.n",
  op,
  ...(than !== undefined && { value: than }),
});

const draw = (nodes: GraphNode[], edges: string[], settings: object = {}): Graph => ({
  schemaVersion: 1,
  nodes: nodes.some(({ id }) => id === "start") ? nodes : [start(), ...nodes],
  edges: edges.map(edge),
  settings: FlowSettings.parse(settings),
});
const find = (graph: Graph, rule: string, world = catalog): Problem | undefined =>
  prove(graph, world).problems.find((problem) => problem.rule === rule);

const agreed = (...agreedTo: NonNullable<Catalog["agreedTo"]>): Catalog => ({ ...catalog, agreedTo });
const shaped = (filled: Record<string, number>): Catalog => ({
  ...catalog,
  eventShapes: { begin: { seen: 10, filled } },
});

const halves = node("halves", "split", {
  experimentId: "x",
  arms: ["a", "b"].map((id) => ({ id, name: id, weight: 50 })),
});

describe("is told, with an example:", () => {
  test.each<[string, Graph, Partial<Problem>, Catalog?]>([
    [
      "arm-without-alert",
      draw([halves, send("hi"), wait("later", 1)], ["start.next>halves", "halves.a>hi", "halves.b>later"], {
        purpose: "fraud",
      }),
      { severity: "error", nodeId: "halves", values: { arm: "b" } },
    ],
    [
      "branch-contradicts-itself",
      draw([decide("c", n("lt", 1), { all: [n("gt", 5), n("lt", 3)] })], ["start.next>c"]),
      { severity: "error", nodeId: "c", values: { branch: "B1" } },
    ],
    [
      "branch-hidden",
      draw([decide("c", n("gt", 5), n("gt", 7))], ["start.next>c"]),
      { values: { branch: "B1" }, path: ["start", "c"] },
    ],
    [
      "branch-never",
      draw([start(n("gt", 5)), decide("c", n("lt", 3), n("gt", 7))], ["start.next>c"]),
      { values: { branch: "B0" } },
    ],
    [
      "else-never",
      draw([decide("c", n("exists"), n("notExists")), wait("w", 1)], ["start.next>c", "c.else>w"]),
      { nodeId: "c" },
    ],
    [
      "never-reached",
      draw([start(n("gt", 5)), decide("c", n("lt", 3), n("gt", 7)), wait("w", 1)], ["start.next>c", "c.b0>w"]),
      { nodeId: "w", path: ["start", "c", "w"], pathEdges: ["start.next>c", "c.b0>w"] },
    ],
    [
      "value-never-kept",
      draw([send("s", value("enrollment.limit", null))], ["start.next>s"]),
      { severity: "error", nodeId: "s" },
    ],
    [
      "value-not-on-every-way",
      draw([ask, send("s", value("enrollment.limit", null))], ["start.next>ask", "ask.ok>s", "ask.failed>s"]),
      { nodeId: "s", path: ["start", "ask", "s"], pathEdges: ["start.next>ask", "ask.failed>s"] },
    ],
    [
      "event-field-unknown",
      draw([send("s", value("event.amont", null))], ["start.next>s"]),
      { values: { variable: "name", path: "event.amont", field: "amont", seen: 10, lacking: 10 } },
      shaped({ amount: 10 }),
    ],
    [
      "event-field-sometimes",
      draw([send("s", value("event.amount", null))], ["start.next>s"]),
      { values: { variable: "name", path: "event.amount", field: "amount", seen: 10, lacking: 3 } },
      shaped({ amount: 7 }),
    ],
    ["window-closed", draw([free("f")], ["start.next>f"]), { severity: "error", nodeId: "f" }],
    [
      "window-may-be-closed",
      draw([hear("h", 30), wait("w", 30), free("f")], ["start.next>h", "h.said>f", "h.timeout>w", "w.next>f"]),
      { severity: "warning", path: ["start", "h", "w", "f"] },
    ],
    [
      "window-may-be-closed",
      draw([hear("h", 30), wait("w", 13), free("f")], ["start.next>h", "h.said>w", "w.next>f"]),
      { nodeId: "f" },
    ],
    [
      "wait-outlives-goal",
      draw([wait("w", 3, "days"), send("s")], ["start.next>w", "w.next>s"], {
        goal: { event: "won", windowHours: 48 },
      }),
      { nodeId: "w", fix: { kind: "change-settings", settings: { goal: { event: "won", windowHours: 96 } } } },
    ],
    [
      "messages-over-cap",
      draw(
        [send("a"), send("b"), wait("w", 2), send("c"), send("d")],
        ["start.next>a", "a.next>b", "b.next>w", "w.next>c", "c.next>d"],
      ),
      { nodeId: "d", values: { count: 4, cap: 3 }, path: ["a", "b", "w", "c", "d"] },
    ],
    ["every-event-enters", draw([send("a")], ["start.next>a"], { reEntry: { mode: "every-event" } }), { nodeId: null }],
    [
      "card-number-in-text",
      draw([node("x", "exit", { reason: "card 4111 1111 1111 1111" })], ["start.next>x"]),
      { severity: "error", field: "reason" },
    ],
    [
      "account-number-in-text",
      draw([node("x", "exit", { reason: "to FR76 3000 6000 0112 3456 7890 189" })], ["start.next>x"]),
      { severity: "error" },
    ],
    [
      "personal-data-in-text",
      draw([send("s", { name: { from: "text", text: "awa.diop@gmail.com" } })], ["start.next>s"]),
      { nodeId: "s", field: "values" },
    ],
    [
      "sensitive-value",
      draw([send("s", value("contact.cardNumber"))], ["start.next>s"]),
      { values: { variable: "name", path: "contact.cardNumber" } },
    ],
    [
      "language-missing",
      draw([send("s"), send("t", value("event.n"), "both")], ["start.next>s", "s.next>t"]),
      { nodeId: "s", values: { template: "hello", language: "fr" } },
    ],
    [
      "loop-without-end",
      draw([send("s"), wait("w", 1, "days")], ["start.next>s", "s.next>w", "w.next>s"]),
      { values: { count: 2 } },
    ],
    [
      "nobody-agreed",
      draw([send("s")], ["start.next>s"], { purpose: "marketing" }),
      { values: { purpose: "marketing" } },
      agreed("service"),
    ],
    ["nothing-follows", draw([], []), { nodeId: "start" }],
    ["open-way", draw([decide("c", n("gt", 5))], ["start.next>c"]), { values: { way: "B0" } }],
  ])("%s", (rule, graph, expected, world) => expect(find(graph, rule, world)).toMatchObject({ rule, ...expected }));
});

describe("nothing is said where", () => {
  test.each<[string, string, Graph, Catalog?]>([
    [
      "a fact of the person may have changed while they waited",
      "branch-never",
      draw(
        [
          decide("c", { path: "contact.score", op: "gt", value: 5 }),
          wait("w", 1),
          decide("d", { path: "contact.score", op: "lt", value: 3 }),
        ],
        ["start.next>c", "c.b0>w", "w.next>d"],
      ),
    ],
    [
      "a tap on an older message comes after all",
      "branch-never",
      draw(
        [send("s"), ask, wait("w", 9), decide("d", { path: "enrollment.limit", op: "exists" })],
        ["start.next>s", "s.next>ask", "ask.ok>w", "s.button:help>d"],
      ),
    ],
    [
      "a rule has asked for the value",
      "no-fallback",
      draw(
        [
          decide("c", { path: "contact.firstName", op: "exists" }),
          wait("w", 1),
          send("s", value("contact.firstName", null)),
        ],
        ["start.next>c", "c.b0>w", "w.next>s"],
      ),
    ],
    [
      "the answer was kept on the only way",
      "value-not-on-every-way",
      draw([ask, send("s", value("enrollment.limit", null))], ["start.next>ask", "ask.ok>s"]),
    ],
    [
      "the person has just answered",
      "window-may-be-closed",
      draw([hear("h", 30), free("f")], ["start.next>h", "h.said>f"]),
    ],
    [
      "somebody drew where people go when it is too late",
      "window-closed",
      draw([free("f"), send("s")], ["start.next>f", "f.blocked>s"]),
    ],
    [
      "a day lies between the messages",
      "messages-over-cap",
      draw(
        ["a", "b", "c", "d"].flatMap((id) => [send(id), wait(`w${id}`, 24)]),
        ["start.next>a", "a.next>wa", "wa.next>b", "b.next>wb", "wb.next>c", "c.next>wc", "wc.next>d"],
      ),
    ],
    [
      "the class has no cap",
      "messages-over-cap",
      draw(
        ["a", "b", "c", "d"].map((id) => send(id)),
        ["start.next>a", "a.next>b", "b.next>c", "c.next>d"],
        { purpose: "fraud" },
      ),
    ],
    [
      "only the last four digits are shown",
      "sensitive-value",
      draw([send("s", value("event.cardLast4"))], ["start.next>s"]),
    ],
    [
      "the goal ends the loop",
      "loop-without-end",
      draw([send("s"), wait("w", 1, "days")], ["start.next>s", "s.next>w", "w.next>s"], {
        goal: { event: "won", windowHours: 100 },
      }),
    ],
    [
      "nobody answers, since nobody is asked",
      "no-human-exit",
      draw([wait("w", 1), node("x", "exit")], ["start.next>w", "w.next>x"]),
    ],
  ])("%s", (_, rule, graph, world) => expect(find(graph, rule, world)).toBeUndefined());
});

test("what holds of every run stands in numbers, in the dearest market", () => {
  const graph = draw(
    [send("a"), wait("w", 24), send("b"), send("h")],
    ["start.next>a", "a.next>w", "w.next>b", "a.button:help>h"],
  );
  expect(prove(graph, catalog).facts).toMatchObject({
    messagesPerDay: 1,
    messagesInAll: 2,
    messagesAfterAct: 1,
    cap: { kind: "daily", most: 3 },
    cost: { inAllMicros: 40_000, afterActMicros: 20_000, market: "CL" },
  });
});

test.each(starters.map((starter) => [starter.id, starter] as const))(
  "the starter %s has no fault but a goal",
  (_, { graph, templates }) => {
    const approved = templates.map((info) => ({
      ...info,
      languages: info.languages.map((one) => ({ ...one, status: "approved" as const })),
    }));
    const rules = prove(graph, { ...catalog, templates: approved }).problems.map(({ rule }) => rule);
    expect(rules.filter((rule) => rule !== "no-goal")).toEqual([]);
  },
);

test.each<[string, Graph]>([
  [
    "a split after the alert may do as it likes",
    draw([send("hi"), halves, wait("later", 1)], ["start.next>hi", "hi.next>halves", "halves.a>later"], {
      purpose: "fraud",
    }),
  ],
  [
    "an alert may come later on one arm",
    draw(
      [halves, send("hi"), wait("later", 1)],
      ["start.next>halves", "halves.a>hi", "halves.b>later", "later.next>hi"],
      {
        purpose: "transaction",
      },
    ),
  ],
  ["what is no alert may be kept from half", draw([halves, send("hi")], ["start.next>halves", "halves.a>hi"])],
])("an arm without an alert: %s", (_, graph) => expect(find(graph, "arm-without-alert")).toBeUndefined());
