import { describe, expect, test } from "vitest";
import { gateChecks } from "./gate/decide-send.ts";
import { FlowSettings, type Graph } from "./graph.ts";
import { createSimulation, currentEnrollment, nextWaitAt, step } from "./simulate.ts";
import type { Action } from "./simulation/action.ts";
import type { Simulation } from "./simulation/simulation.ts";
import type { Catalog } from "./template.ts";

const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 22, 12);

const catalog: Catalog = {
  templates: [
    {
      name: "kyc_reminder",
      category: "utility",
      samples: {},
      languages: [
        {
          language: "en",
          status: "approved",
          header: null,
          body: "Hi {{first_name}}, one document is missing. Thanks.",
          footer: null,
          buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
        },
        {
          language: "fr",
          status: "approved",
          header: null,
          body: "Bonjour {{first_name}}, il manque un document. Merci.",
          footer: null,
          buttons: [{ kind: "quick-reply", id: "help", text: "Aide" }],
        },
      ],
    },
  ],
};

const node = (id: string, type: string, data: Record<string, unknown>) => ({
  id,
  type,
  data,
  position: { x: 0, y: 0 },
});
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

const graph: Graph = {
  schemaVersion: 1,
  nodes: [
    node("start", "trigger-event", { event: "kyc.incomplete" }),
    node("remind", "send", {
      template: "kyc_reminder",
      values: { first_name: { from: "path", path: "contact.firstName" } },
    }),
    node("wait", "wait-until", {
      sources: [{ kind: "event", id: "done", event: "kyc.completed" }],
      timeout: { amount: 24, unit: "hours" },
    }),
    node("again", "send", {
      template: "kyc_reminder",
      values: { first_name: { from: "path", path: "contact.firstName" } },
    }),
    node("agent", "hand-off", { queue: "Onboarding", priority: "normal" }),
  ],
  edges: [
    edge("start", "next", "remind"),
    edge("remind", "next", "wait"),
    edge("remind", "button:help", "agent"),
    edge("wait", "timeout", "again"),
    edge("remind", "failed", "agent"),
  ],
  settings: FlowSettings.parse({ goal: { event: "kyc.completed", windowHours: 168 } }),
};

const awa = { id: "c1", firstName: "Awa", locale: "fr_SN", timezone: "Africa/Dakar", attributes: {}, tags: [] };
const begin = (setup: Partial<Parameters<typeof createSimulation>[0]> = {}): Simulation =>
  createSimulation({ graph, catalog, contact: awa, workspaceTimezone: "UTC", startAt: noon, ...setup });
const play = (sim: Simulation, ...actions: Action[]): Simulation => actions.reduce(step, sim);
const incomplete: Action = { kind: "event", name: "kyc.incomplete", properties: {} };
const statuses = (sim: Simulation) => sim.messages.map((message) => message.status);
const endOf = (sim: Simulation) => currentEnrollment(sim)?.state.endReason;

test("the event puts the message on the phone, in the person's language, and the flow waits", () => {
  const sim = play(begin(), incomplete);
  expect(sim.messages[0]).toMatchObject({
    status: "delivered",
    language: "fr",
    content: { body: "Bonjour Awa, il manque un document. Merci." },
  });
  expect(sim.path.map(({ nodeId, state }) => [nodeId, state])).toEqual([
    ["start", "left"],
    ["remind", "left"],
    ["wait", "here"],
  ]);
  expect(nextWaitAt(sim)).toBe(noon + 24 * hour);
});

test("skipping ahead brings the second reminder; the first one has been read meanwhile", () => {
  const sim = play(begin(), incomplete, { kind: "skip" });
  expect(sim.now).toBe(noon + 24 * hour);
  expect(statuses(sim)).toEqual(["read", "delivered"]);
  expect(endOf(sim)).toBe("completed");
});

test("a tap on Help leads to the agent and cuts the wait short", () => {
  const sim = play(begin(), incomplete, { kind: "tap", messageId: "m1", buttonId: "help" });
  expect(sim.handOffs).toEqual([{ enrollmentId: "p1", nodeId: "agent", visit: 4 }]);
  expect(sim.path.find(({ nodeId }) => nodeId === "wait")).toMatchObject({
    state: "left",
    leftBy: { nodeId: "remind", handle: "button:help" },
  });
  expect(endOf(sim)).toBe("handed-off");
});

test("the answers of a form go on by its way, decide at a condition and stand in the next message", () => {
  const [first] = catalog.templates;
  if (!first) throw new Error("There is a template.");
  const [english] = first.languages;
  if (!english) throw new Error("It has a language.");
  const asks = { kind: "form" as const, id: "apply", text: "Apply", form: "loan", screen: null };
  const withForm: Catalog = {
    templates: [
      { ...first, name: "loan_form", languages: [{ ...english, body: "Tell us what you earn.", buttons: [asks] }] },
      { ...first, name: "loan_yes", languages: [{ ...english, body: "You earn {{income}}, so yes.", buttons: [] }] },
    ],
  };
  const rule = { path: "enrollment.form.income", op: "eq", value: "4500" };
  const sim = createSimulation({
    graph: {
      schemaVersion: 1,
      nodes: [
        node("start", "trigger-event", { event: "loan.asked" }),
        node("ask", "send", { template: "loan_form", values: {} }),
        node("enough", "condition", { branches: [{ id: "yes", name: "Enough", rule }] }),
        node("say", "send", {
          template: "loan_yes",
          values: { income: { from: "path", path: "enrollment.form.income" } },
        }),
      ],
      edges: [edge("start", "next", "ask"), edge("ask", "form", "enough"), edge("enough", "yes", "say")],
      settings: FlowSettings.parse({ purpose: "service" }),
    },
    catalog: withForm,
    contact: { id: "c1", firstName: "Awa", locale: "en", timezone: null, attributes: {}, tags: [] },
    workspaceTimezone: "UTC",
    startAt: noon,
  });
  const after = play(
    sim,
    { kind: "event", name: "loan.asked", properties: {} },
    { kind: "form", messageId: "m1", answers: { income: "4500" } },
  );
  expect(after.messages.map(({ content }) => content.body)).toEqual([
    "Tell us what you earn.",
    "Apply",
    "You earn 4500, so yes.",
  ]);
  expect(after.messages[1]?.content.form?.answers).toEqual({ income: "4500" });
});

test("the event of the goal ends it", () => {
  const sim = play(
    begin(),
    incomplete,
    { kind: "advance", milliseconds: hour },
    { kind: "event", name: "kyc.completed", properties: {} },
  );
  expect(currentEnrollment(sim)?.state).toMatchObject({ endReason: "goal", goalAt: noon + hour });
});

test("an answer that nobody waits for changes nothing and says so", () => {
  const before = play(begin(), incomplete);
  const after = play(before, { kind: "reply", text: "I will do it tonight" });
  expect(after.enrollments).toBe(before.enrollments);
  expect(after.log.at(-1)).toMatchObject({ kind: "person", act: "reply", isTaken: false });
});

describe("the gate", () => {
  test("a message at night waits for the morning and leaves by itself", () => {
    const late = play(begin({ startAt: noon + 10 * hour }), incomplete);
    const until = late.messages[0]?.until ?? 0;
    expect(late.messages[0]).toMatchObject({ status: "queued", reason: "quiet-hours" });
    expect(until).toBeGreaterThanOrEqual(noon + 20 * hour);
    expect(until).toBeLessThan(noon + 20.5 * hour);
    const morning = play(late, { kind: "skip" });
    expect(morning.now).toBe(until);
    expect(statuses(morning)).toEqual(["delivered"]);
  });

  test("STOP takes the person out and drops what is still queued", () => {
    const late = play(begin({ startAt: noon + 10 * hour }), incomplete, { kind: "inject", fault: "STOP" });
    expect(endOf(late)).toBe("stopped");
    expect(play(late, { kind: "skip" }).messages[0]).toMatchObject({ status: "skipped", reason: "opt-out" });
  });

  test("a reminder that waits for the morning is dropped when its goal is reached at night", () => {
    const late = play(begin({ startAt: noon + 10 * hour }), incomplete, {
      kind: "event",
      name: "kyc.completed",
      properties: {},
    });
    expect(endOf(late)).toBe("goal");
    expect(play(late, { kind: "skip" }).messages[0]).toMatchObject({ status: "skipped", reason: "goal-reached" });
  });

  test("START lets messages leave again", () => {
    const sim = play(begin(), { kind: "reply", text: "STOP" }, { kind: "reply", text: "START" }, incomplete);
    expect(sim.messages.at(-1)?.status).toBe("delivered");
  });

  test("without consent nothing leaves, and every check is told", () => {
    const sim = play(begin({ gate: { consents: {} } }), incomplete);
    expect(sim.messages[0]).toMatchObject({ status: "skipped", reason: "no-consent" });
    expect(sim.messages[0]?.checks).toHaveLength(gateChecks.length);
  });

  test("the cap counts what left today", () => {
    const sim = play(
      begin({ gate: { capPerDay: 1, quietHours: null } }),
      incomplete,
      { kind: "advance", milliseconds: 11 * hour },
      incomplete,
      { kind: "skip" },
    );
    expect(statuses(sim)).toEqual(["read", "delivered"]);
    expect(sim.capUsed).toEqual({ "2026-11-22": 1, "2026-11-23": 1 });
  });

  test.each([
    ["draft", undefined, "delivered", null],
    ["draft", { assumesApproval: false }, "skipped", "template-not-approved"],
    ["paused", undefined, "skipped", "template-paused"],
  ] as const)("a template that is %s, with %j: %s", (status, gate, expected, reason) => {
    const templates = catalog.templates.map((one) => ({
      ...one,
      languages: one.languages.map((language) => ({ ...language, status })),
    }));
    const sim = play(begin({ catalog: { templates }, ...(gate ? { gate } : {}) }), incomplete);
    expect(sim.messages[0]).toMatchObject({ status: expected, reason });
  });

  test("a flow that waits for a paused template holds its message, and lets the person go by blocked in the end", () => {
    const templates = catalog.templates.map((one) => ({
      ...one,
      languages: one.languages.map((language) => ({ ...language, status: "paused" as const })),
    }));
    const settings = { ...graph.settings, templateHoldHours: 5 };
    const waiting = play(begin({ catalog: { templates }, graph: { ...graph, settings } }), incomplete, {
      kind: "advance",
      milliseconds: 4 * hour,
    });
    expect(waiting.messages[0]).toMatchObject({ status: "queued", reason: "template-held" });
    const over = play(waiting, { kind: "advance", milliseconds: 2 * hour });
    expect(over.messages[0]).toMatchObject({ status: "skipped", reason: "template-paused" });
  });

  test("a blank without a value keeps the message here", () => {
    const sim = play(begin({ contact: { ...awa, firstName: null } }), incomplete);
    expect(sim.messages[0]).toMatchObject({ status: "skipped", reason: "missing-variable" });
  });
});

describe("faults", () => {
  test.each([
    ["provider-down", "failed", "handed-off"],
    ["undelivered", "failed", "handed-off"],
    ["no-status", "sent", null],
  ] as const)("%s", (fault, status, end) => {
    const sim = play(begin(), { kind: "inject", fault }, incomplete);
    expect(statuses(sim)).toEqual([status]);
    expect(endOf(sim)).toBe(end);
    expect(sim.fault).toBeNull();
  });
});

describe("who may enter", () => {
  test("somebody who is inside does not enter again", () => {
    const sim = play(begin(), incomplete, incomplete);
    expect(sim.enrollments).toHaveLength(1);
    expect(sim.log.at(-1)).toMatchObject({ kind: "refused", match: { refused: "re-entry" } });
  });

  test("the failing rule is told with the value it saw", () => {
    const rule = { all: [{ path: "contact.kycLevel", op: "lt", value: 2 }] };
    const choosy = {
      ...graph,
      nodes: graph.nodes.map((one) => (one.id === "start" ? { ...one, data: { ...one.data, rule } } : one)),
    };
    const sim = play(begin({ graph: choosy, contact: { ...awa, attributes: { kycLevel: 3 } } }), incomplete);
    expect(sim.log.at(-1)).toMatchObject({
      kind: "refused",
      match: { refused: "entry-criteria", test: rule.all[0], actual: 3 },
    });
  });
});

test("the same actions give the same world", () => {
  const actions: Action[] = [
    incomplete,
    { kind: "reply", text: "hm" },
    { kind: "skip" },
    { kind: "tap", messageId: "m1", buttonId: "help" },
  ];
  const tell = (sim: Simulation) => JSON.stringify({ ...sim, flow: null });
  expect(tell(play(begin(), ...actions))).toBe(tell(play(begin(), ...actions)));
});
