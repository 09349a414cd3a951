import { describe, expect, test } from "vitest";
import { advance, enroll } from "./advance.ts";
import { compile } from "./compile.ts";
import type { ContactFacts } from "./contact.ts";
import { FlowSettings, type Graph } from "./graph.ts";
import type { JsonObject } from "./json.ts";
import { matchTrigger } from "./match-trigger.ts";
import type { Advanced } from "./run-steps.ts";
import type { Signal } from "./signal.ts";

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 22, 12);
const awa: ContactFacts = { id: "c1", firstName: "Awa", locale: "fr", timezone: null, attributes: {}, tags: [] };

const steps = {
  send: ["send", { template: "reminder" }],
  waitDone: [
    "wait-until",
    { sources: [{ kind: "event", id: "done", event: "done" }], timeout: { amount: 24, unit: "hours" } },
  ],
  waitReply: ["wait-until", { sources: [{ kind: "reply", id: "said" }], timeout: { amount: 24, unit: "hours" } }],
  waitRead: [
    "wait-until",
    { sources: [{ kind: "status", id: "read", status: "read" }], timeout: { amount: 24, unit: "hours" } },
  ],
  wait: ["wait", { mode: "duration", duration: { amount: 1, unit: "hours" } }],
  handOff: ["hand-off", { queue: "Support", priority: "normal" }],
  webhook: ["webhook", { method: "POST", url: "https://core.example", mapping: { level: "level" } }],
  goal: ["goal", { name: "Won" }],
  exit: ["exit", { reason: "enough" }],
  tag: [
    "update-contact",
    {
      changes: [
        { op: "add-tag", tag: "vip" },
        { op: "increment", attribute: "asked", by: 1 },
      ],
    },
  ],
  isVip: [
    "condition",
    { branches: [{ id: "yes", name: "VIP", rule: { path: "contact.tags", op: "contains", value: "vip" } }] },
  ],
} as const;

/** "a.next > b" lines of a drawing; the trigger is "start". */
function draw(nodes: Record<string, keyof typeof steps>, edges: string[], settings: object = {}): Graph {
  const position = { x: 0, y: 0 };
  return {
    schemaVersion: 1,
    nodes: [
      { id: "start", type: "trigger-event", data: { event: "begin" }, position },
      ...Object.entries(nodes).map(([id, step]) => ({
        id,
        type: steps[step][0],
        data: { ...steps[step][1] },
        position,
      })),
    ],
    edges: edges.map((line) => {
      const [from = "", target = ""] = line.split(" > ");
      const [source = "", sourceHandle = ""] = from.split(".");
      return { id: line, source, sourceHandle, target };
    }),
    settings: FlowSettings.parse(settings),
  };
}

function live(graph: Graph, signals: { signal: Signal; at?: number }[] = [], properties: JsonObject = {}): Advanced[] {
  const flow = compile(graph);
  const event = { id: "e1", name: "begin", properties, at: start };
  const match = matchTrigger(flow, event, awa);
  const key = "key" in match ? match.key : null;
  const answers = [enroll({ flow, event, contact: awa, key, now: start, workspaceTimezone: "UTC" })];
  for (const { signal, at = start + hour } of signals) {
    const last = answers.at(-1);
    if (!last) break;
    answers.push(
      advance({ flow, enrollment: last.enrollment, signal, contact: last.contact, now: at, workspaceTimezone: "UTC" }),
    );
  }
  return answers;
}

const stateAfter = (...args: Parameters<typeof live>) => live(...args).at(-1)?.enrollment;
const event = (name: string, properties: JsonObject = {}, at = start + hour) => ({
  signal: { kind: "event", event: { id: "e2", name, properties, at } } as Signal,
  at,
});
const button = (buttonId: string, visit: number | null = null) => ({
  signal: { kind: "button", buttonId, text: buttonId, visit } as Signal,
});
const reply = (text = "hello") => ({ signal: { kind: "reply", text, visit: null } as Signal });
const status = (visit: number, word: "sent" | "delivered" | "read" | "failed" | "blocked") => ({
  signal: { kind: "status", visit, status: word, reason: null } as Signal,
});
const timer = (at: number) => ({ signal: { kind: "timer" } as Signal, at });

describe("the goal", () => {
  const goal = { goal: { event: "done", windowHours: 48 } };
  const waiting = draw({ s: "send", w: "wait" }, ["start.next > s", "s.next > w"], goal);

  test("ends the enrollment wherever the person stands, at the event's own time", () =>
    expect(stateAfter(waiting, [event("done")])).toMatchObject({
      status: "ended",
      endReason: "goal",
      goalAt: start + hour,
    }));

  test("an event that happened before the entry counts from the entry", () =>
    expect(stateAfter(waiting, [event("done", {}, start - hour)])).toMatchObject({ endReason: "goal", goalAt: start }));

  test("tells what it was worth where its settings say which value of the event that is", () => {
    const value = { path: "event.amount", currencyPath: "event.currency" };
    const valued = draw({ s: "send", w: "wait" }, ["start.next > s", "s.next > w"], { goal: { ...goal.goal, value } });
    const loan = event("done", { amount: 450_000_000, currency: "COP" });
    expect(stateAfter(valued, [loan])?.goalValue).toEqual({ amountMinor: 450_000_000, currency: "COP" });
    expect(stateAfter(valued, [event("done")])?.goalValue).toBeUndefined();
    expect(stateAfter(waiting, [loan])?.goalValue).toBeUndefined();
    const late = [event("leave"), loan];
    const left = draw({ s: "send", w: "wait" }, ["start.next > s", "s.next > w"], {
      goal: { ...goal.goal, value },
      exitOn: [{ event: "leave" }],
    });
    expect(stateAfter(left, late)).toMatchObject({ endReason: "exit-criteria", goalValue: { currency: "COP" } });
  });

  test("after the window it is an event like any other", () => {
    const patient = draw({ w: "waitReply" }, ["start.next > w"], { goal: { event: "done", windowHours: 1 } });
    expect(stateAfter(patient, [event("done", {}, start + 2 * hour)])).toMatchObject({
      status: "waiting",
      goalAt: null,
    });
  });

  test("a step that waits for the very event leads on, and the conversion counts", () => {
    const thanking = draw({ w: "waitDone", thanks: "send" }, ["start.next > w", "w.done > thanks"], goal);
    const [, after] = live(thanking, [event("done")]);
    expect(after?.effects).toMatchObject([{ kind: "send", nodeId: "thanks" }]);
    expect(after?.enrollment).toMatchObject({ endReason: "completed", goalAt: start + hour });
  });

  test("a step that waits for it without leading on does not get in the way", () =>
    expect(stateAfter(draw({ w: "waitDone" }, ["start.next > w"], goal), [event("done")])).toMatchObject({
      endReason: "goal",
    }));

  test("still counts after the end, and moves nothing", () => {
    const short = draw({ s: "send" }, ["start.next > s"], goal);
    const [ended, after] = live(short, [event("done")]);
    expect(after).toEqual({
      ...ended,
      effects: [],
      trace: [],
      enrollment: { ...ended?.enrollment, goalAt: start + hour, goalEvent: "done" },
    });
  });

  test("counts once", () => {
    const [, first, second] = live(draw({ s: "send" }, ["start.next > s"], goal), [
      event("done"),
      event("done", {}, start + 2 * hour),
    ]);
    expect(second?.enrollment).toBe(first?.enrollment);
  });

  test("of another invoice is not this one's", () => {
    const keyed = draw({ w: "waitDone", g: "goal" }, ["start.next > w", "w.done > g"], {
      ...goal,
      enrollmentKey: "event.invoice",
    });
    expect(stateAfter(keyed, [event("done", { invoice: "B" })], { invoice: "A" })).toMatchObject({
      status: "waiting",
      goalAt: null,
    });
    expect(stateAfter(keyed, [event("done", { invoice: "A" })], { invoice: "A" })).toMatchObject({ endReason: "goal" });
    expect(stateAfter(keyed, [event("done")], { invoice: "A" })).toMatchObject({ endReason: "goal" });
  });
});

describe("exit criteria", () => {
  test("take the person out with the event that did it", () => {
    const [, after] = live(draw({ w: "waitDone" }, ["start.next > w"], { exitOn: [{ event: "closed" }] }), [
      event("closed"),
    ]);
    expect(after?.enrollment.endReason).toBe("exit-criteria");
    expect(after?.trace.at(-1)?.detail).toEqual({ event: "closed", reason: "exit-criteria" });
  });

  test("come before the step that waits for the same event", () =>
    expect(
      stateAfter(
        draw({ w: "waitDone", s: "send" }, ["start.next > w", "w.done > s"], { exitOn: [{ event: "done" }] }),
        [event("done")],
      ),
    ).toMatchObject({ endReason: "exit-criteria" }));

  test("with a rule, only where it holds", () => {
    const rule = { path: "event.account", op: "eq", value: "gone" };
    const graph = draw({ w: "waitDone" }, ["start.next > w"], { exitOn: [{ event: "closed", rule }] });
    expect(stateAfter(graph, [event("closed", { account: "open" })])?.status).toBe("waiting");
    expect(stateAfter(graph, [event("closed", { account: "gone" })])?.status).toBe("ended");
  });
});

describe("a message sent earlier", () => {
  const graph = draw({ s: "send", w: "waitDone", h: "handOff", f: "exit" }, [
    "start.next > s",
    "s.next > w",
    "s.button:help > h",
    "s.failed > f",
  ]);

  test("a tap on it leads away from where the person stands", () => {
    const [, after] = live(graph, [button("help", 2)]);
    expect(after?.trace[0]).toMatchObject({
      visit: 3,
      nodeId: "s",
      kind: "left",
      handle: "button:help",
      detail: { recalled: 2, by: "button" },
    });
    expect(after?.enrollment).toMatchObject({ endReason: "handed-off", values: { reply: "help" } });
  });

  test.each([
    ["a button without a way", button("later", 2)],
    ["a message that this enrollment never sent", button("help", 99)],
    ["a delivered message", status(2, "delivered")],
    ["a reply that nothing waits for", reply()],
    ["an event that nothing waits for", event("other")],
    ["a timer that is not due", timer(start + hour)],
  ])("%s changes nothing", (_, signal) => {
    const [before, after] = live(graph, [signal]);
    expect(after?.enrollment).toBe(before?.enrollment);
  });

  test("a failed one takes its own way", () =>
    expect(stateAfter(graph, [status(2, "failed")])).toMatchObject({ endReason: "exit" }));

  test("an answer without a message named is for the newest that can lead on", () => {
    const two = draw({ a: "send", b: "send", w: "waitDone", x: "exit", y: "goal" }, [
      "start.next > a",
      "a.next > b",
      "b.next > w",
      "a.replied > x",
      "b.replied > y",
    ]);
    expect(stateAfter(two, [reply()])).toMatchObject({ endReason: "goal" });
  });

  test("the step the person stands on is asked first", () => {
    const both = draw({ s: "send", w: "waitReply", x: "exit", g: "goal" }, [
      "start.next > s",
      "s.next > w",
      "s.replied > x",
      "w.said > g",
    ]);
    expect(stateAfter(both, [reply()])).toMatchObject({ endReason: "goal", values: { reply: "hello" } });
  });

  test("a tap on a button that leads somewhere is no answer to a step that waits for any", () => {
    const both = draw({ s: "send", w: "waitReply", x: "exit", g: "goal" }, [
      ...["start.next > s", "s.next > w", "s.button:help > x", "w.said > g"],
    ]);
    expect(stateAfter(both, [button("help", 2)])).toMatchObject({ endReason: "exit" });
    expect(stateAfter(both, [button("other", 2)])).toMatchObject({ endReason: "goal" });
  });

  test("while an agent is busy with the person, it leads nowhere", () => {
    const paused = draw({ s: "send", h: "handOff", x: "exit", g: "goal" }, [
      "start.next > s",
      "s.next > h",
      "s.button:stop > x",
      "h.resolved > g",
    ]);
    const [before, after, resolved] = live(paused, [
      button("stop", 2),
      { signal: { kind: "hand-off", visit: 3, outcome: "resolved" } },
    ]);
    expect(after?.enrollment).toBe(before?.enrollment);
    expect(resolved?.enrollment.endReason).toBe("goal");
  });

  test.each([
    ["a message", draw({ s: "send", g: "goal" }, ["start.next > s", "s.replied > g", "s.failed > g"])],
    ["a read receipt", draw({ s: "send", w: "waitRead", g: "goal" }, ["start.next > s", "s.next > w", "w.read > g"])],
    ["an hour", draw({ s: "send", w: "wait", g: "goal" }, ["start.next > s", "s.next > w", "w.next > g"])],
    ["an agent", draw({ s: "send", h: "handOff", g: "goal" }, ["start.next > s", "s.next > h", "h.resolved > g"])],
    ["an endpoint", draw({ s: "send", w: "webhook", g: "goal" }, ["start.next > s", "s.next > w", "w.ok > g"])],
  ])("who waits at %s is not moved by hearing that the message was sent, twice, late or early", (_, graph) => {
    const [first, ...later] = live(graph, [status(2, "sent"), status(2, "delivered"), status(2, "sent")]);
    expect(first?.enrollment.status).toBe("waiting");
    for (const { enrollment, effects, trace } of later) {
      expect(enrollment).toBe(first?.enrollment);
      expect([...effects, ...trace]).toEqual([]);
    }
  });

  test("a late status of the first message is not one of the second", () => {
    const read = draw({ a: "send", b: "send", w: "waitRead", g: "goal" }, [
      "start.next > a",
      "a.next > b",
      "b.next > w",
      "w.read > g",
    ]);
    expect(stateAfter(read, [status(2, "read")])?.status).toBe("waiting");
    expect(stateAfter(read, [status(3, "read")])?.endReason).toBe("goal");
  });
});

describe("steps", () => {
  test("an update is seen by the next step of the same run", () => {
    const [first] = live(draw({ u: "tag", c: "isVip", g: "goal" }, ["start.next > u", "u.next > c", "c.yes > g"]));
    expect(first).toMatchObject({
      enrollment: { endReason: "goal" },
      contact: { tags: ["vip"], attributes: { asked: 1 } },
    });
  });

  test("a webhook's answer is for its own visit, and its values stay", () => {
    const graph = draw({ w: "webhook", g: "goal" }, ["start.next > w", "w.ok > g"]);
    const answer = (visit: number): { signal: Signal } => ({
      signal: { kind: "webhook", visit, ok: true, values: { level: 3 } },
    });
    const [first, other, own] = live(graph, [answer(1), answer(2)]);
    expect(other?.enrollment).toBe(first?.enrollment);
    expect(own?.enrollment).toMatchObject({ endReason: "goal", values: { level: 3 } });
  });

  test("the answers of a form lead along its handle, and later steps read them beside those of earlier forms", () => {
    const graph = draw({ s: "send", w: "waitReply", g: "goal", x: "exit" }, [
      ...["start.next > s", "s.next > w", "s.form > x", "w.said > g"],
    ]);
    const sent = { signal: { kind: "form", answers: { income: "4500" }, visit: 2 } as Signal };
    expect(stateAfter(graph, [sent])).toMatchObject({ endReason: "exit", values: { form: { income: "4500" } } });
    const without = draw({ s: "send", w: "waitReply", w2: "waitReply", g: "goal" }, [
      ...["start.next > s", "s.next > w", "w.said > w2", "w2.said > g"],
    ]);
    const again = { signal: { kind: "form", answers: { city: "Dakar" }, visit: null } as Signal };
    expect(stateAfter(without, [sent, again])).toMatchObject({
      endReason: "goal",
      values: { form: { income: "4500", city: "Dakar" } },
    });
  });

  test("a message with buttons and nothing after it waits for an answer", () => {
    const graph = draw({ s: "send", g: "goal" }, ["start.next > s", "s.button:yes > g"]);
    expect(stateAfter(graph)).toMatchObject({ status: "waiting", wait: { wakeAt: start + 168 * hour } });
    expect(stateAfter(graph, [timer(start + 168 * hour)])).toMatchObject({ endReason: "no-answer" });
  });

  test("a message with nothing after it at all is the end", () =>
    expect(stateAfter(draw({ s: "send" }, ["start.next > s"]))?.endReason).toBe("completed"));

  test("an exit's words are kept", () =>
    expect(stateAfter(draw({ x: "exit" }, ["start.next > x"]))).toMatchObject({
      endReason: "exit",
      endNote: "enough",
    }));
});

describe("broken graphs", () => {
  test("a loop without a wait is cut, fast", () => {
    const began = performance.now();
    const state = stateAfter(draw({ a: "tag", b: "tag" }, ["start.next > a", "a.next > b", "b.next > a"]));
    expect(state).toMatchObject({ endReason: "limit", visit: 41 });
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test("a long loop stops at a thousand steps", () => {
    const names = Array.from({ length: 400 }, (_, index) => `n${index}`);
    const nodes = Object.fromEntries(names.map((name) => [name, "tag" as const]));
    const edges = names.map((name, index) => `${name}.next > ${names[(index + 1) % names.length]}`);
    expect(stateAfter(draw(nodes, ["start.next > n0", ...edges]))).toMatchObject({ endReason: "limit", visit: 1_000 });
  });

  test.each([
    ["an unknown step", { id: "x", type: "teleport", data: {} }, "unknown-node-type"],
    ["settings that cannot be read", { id: "x", type: "wait", data: { mode: "never" } }, "bad-config"],
  ])("%s ends the enrollment and says why", (_, node, problem) => {
    const graph = draw({}, ["start.next > x"]);
    const [first] = live({ ...graph, nodes: [...graph.nodes, { ...node, position: { x: 0, y: 0 } }] });
    expect(first?.enrollment.endReason).toBe("broken-step");
    expect(first?.trace.at(-1)?.detail).toEqual({ problem, reason: "broken-step" });
  });

  test("a flow without a trigger lets nobody in", () => {
    const flow = compile({ ...draw({}, []), nodes: [] });
    expect(matchTrigger(flow, { id: "e", name: "begin", properties: {}, at: start }, awa)).toEqual({
      refused: "no-trigger",
    });
  });
});

describe("who enters", () => {
  const match = (settings: object, rule: object, properties: JsonObject, name = "begin") => {
    const graph = draw({}, [], settings);
    const nodes = graph.nodes.map((node) => ({ ...node, data: { ...node.data, rule } }));
    return matchTrigger(compile({ ...graph, nodes }), { id: "e1", name, properties, at: start }, awa);
  };
  const high = { path: "event.score", op: "gte", value: 650 };

  test.each([
    ["everybody by default", match({}, { all: [] }, {}), { key: null }],
    ["not by another event", match({}, { all: [] }, {}, "other"), { refused: "other-event" }],
    ["who fits the rule", match({}, high, { score: 700 }), { key: null }],
    [
      "not who does not, with the test and the value",
      match({}, high, { score: 600 }),
      { refused: "entry-criteria", test: high, actual: 600 },
    ],
    ["with a key", match({ enrollmentKey: "event.loan" }, { all: [] }, { loan: 4711 }), { key: "4711" }],
    [
      "not without the key",
      match({ enrollmentKey: "event.loan" }, { all: [] }, {}),
      { refused: "no-key", path: "event.loan" },
    ],
    [
      "not with a key that is none",
      match({ enrollmentKey: "event.loan" }, { all: [] }, { loan: { id: 1 } }),
      { refused: "no-key", path: "event.loan" },
    ],
  ])("%s", (_, actual, expected) => expect(actual).toEqual(expected));
});

test("an offer's end travels as the event brought it, however the step would write dates", () => {
  const graph = draw({ s: "send" }, ["start.next > s"]);
  const binding = { from: "path", path: "event.ends", format: { kind: "date", style: "long" }, fallback: null };
  const [, sending] = graph.nodes;
  if (sending) sending.data = { template: "offer", values: { "offer.ends": binding } };
  const event = { id: "e1", name: "begin", properties: { ends: "2026-12-31T18:00:00Z" }, at: start };
  const world = { flow: compile(graph), contact: awa, now: start, workspaceTimezone: "UTC" };
  expect(enroll({ ...world, event, key: null }).effects).toMatchObject([
    { kind: "send", values: { "offer.ends": "2026-12-31T18:00:00Z" } },
  ]);
});
