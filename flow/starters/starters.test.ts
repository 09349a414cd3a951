import { describe, expect, test } from "vitest";
import { compile } from "../compile.ts";
import type { Graph, GraphNode } from "../graph.ts";
import { lintTemplate } from "../lint-template.ts";
import { createSimulation, currentEnrollment, step } from "../simulate.ts";
import type { Action } from "../simulation/action.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { Catalog } from "../template.ts";
import { isRunnable, validate } from "../validate.ts";
import { type Starter, starters } from "./index.ts";
import { localizeStarter } from "./starter.ts";

const noon = Date.UTC(2026, 10, 22, 12);

const approved = ({ templates }: Starter): Catalog => ({
  templates: templates.map((template) => ({
    ...template,
    languages: template.languages.map((language) => ({ ...language, status: "approved" })),
  })),
});

const skip: Action = { kind: "skip" };
const event = (name: string, properties = {}): Action => ({ kind: "event", name, properties });
const say = (text: string): Action => ({ kind: "reply", text });
/** Taps on the newest message that has the button. */
const tap = (buttonId: string) => ({ kind: "tap-newest", buttonId }) as const;
type Move = Action | ReturnType<typeof tap>;
type Way = {
  end: string;
  moves: Move[];
  setup?: Partial<Parameters<typeof createSimulation>[0]>;
  properties?: Record<string, number | string>;
  /** The person has not written before. */
  isSilent?: boolean;
};

function play(starter: Starter, { moves, setup, properties, isSilent }: Way): Simulation {
  const begin = createSimulation({
    graph: starter.graph,
    catalog: approved(starter),
    contact: { id: "c1", firstName: "Awa", locale: "fr_SN", timezone: "Africa/Dakar", attributes: {}, tags: [] },
    workspaceTimezone: "UTC",
    startAt: noon,
    ...(starter.id === "chatbot" && withBalance),
    ...setup,
  });
  const { name, properties: sample } = starter.sampleEvent;
  // The question comes after a conversation, in which the person has written.
  const before = starter.id === "csat-and-tips" && !isSilent ? step(begin, say("Thanks for the help")) : begin;
  const entered = step(before, { kind: "event", name, properties: { ...sample, ...properties } });
  return moves.reduce(
    (sim, move) => step(sim, move.kind === "tap-newest" ? tapNewest(sim, move.buttonId) : move),
    entered,
  );
}

function tapNewest(sim: Simulation, buttonId: string): Action {
  const message = sim.messages.findLast(({ content }) =>
    [...content.buttons, ...(content.list?.sections.flatMap(({ rows }) => rows) ?? [])].some(
      ({ id }) => id === buttonId,
    ),
  );
  if (!message) throw new Error(`No message has the button ${buttonId}`);
  return { kind: "tap", messageId: message.id, buttonId };
}

function endOf(sim: Simulation): string {
  const enrollment = currentEnrollment(sim);
  const steps = sim.log.filter((entry) => entry.kind === "step");
  const [last, before] = [steps.at(-1), steps.at(-2)];
  const reason = enrollment?.state.endReason;
  if (last?.outcome !== "ended") return "not ended";
  if (reason === "completed") return `${before?.nodeId}.${before?.handle}`;
  return reason === "no-answer" ? `${last.nodeId}.no-answer` : last.nodeId;
}

/** Two arms of one experiment need two people. */
const asOther = { contact: { id: "c9", firstName: "Moussa", locale: "en", timezone: null, attributes: {}, tags: [] } };
const withBalance = {
  webhookAnswers: { "read-balance": { ok: true, body: { balanceMinor: 1_050, currency: "EUR" } } },
};
const score = (points: number) => tap(`score-${points}`);
const failingWebhook = { webhookAnswers: { "block-card": { ok: false, body: {} } } };

const ways: Record<string, Way[]> = {
  "kyc-reminder": [
    { end: "goal", moves: [event("kyc.completed")] },
    { end: "goal", moves: [skip, event("kyc.completed")] },
    { end: "hand-off", moves: [tap("help")] },
    { end: "hand-off", moves: [skip, tap("help")] },
    { end: "hand-off", moves: [skip, skip] },
  ],
  "loan-pre-approval": [
    { end: "too-low", moves: [], properties: { creditScore: 500 } },
    { end: "goal", moves: [event("loan.applied")] },
    { end: "goal", moves: [skip, event("loan.applied")], setup: asOther },
    { end: "no-answer", moves: [skip, skip] },
    { end: "call-back", moves: [tap("call")] },
    { end: "call-back", moves: [skip, tap("call")], setup: asOther },
  ],
  "payment-reminder": [
    { end: "paid", moves: [event("payment.received", { invoiceId: "INV-3107" })] },
    {
      end: "paid",
      moves: [
        event("payment.received", { invoiceId: "another" }),
        skip,
        event("payment.received", { invoiceId: "INV-3107" }),
      ],
    },
    { end: "collections", moves: [skip, skip] },
    { end: "auto-pay", moves: [tap("auto-pay")] },
    { end: "auto-pay", moves: [skip, tap("auto-pay")] },
  ],
  "fraud-alert": [
    { end: "was-me", moves: [tap("me")] },
    { end: "blocked", moves: [tap("not-me")] },
    { end: "not-blocked", moves: [tap("not-me")], setup: failingWebhook },
    { end: "no-answer", moves: [skip] },
    { end: "unreachable", moves: [], setup: { gate: { suppressedReason: "undeliverable" } } },
  ],
  "transaction-alert": [
    { end: "alert.no-answer", moves: [skip] },
    { end: "blocked", moves: [tap("fraud")] },
    { end: "not-blocked", moves: [tap("fraud")], setup: failingWebhook },
    { end: "question", moves: [say("What is this?")] },
  ],
  "account-update": [
    { end: "statement.no-answer", moves: [skip] },
    { end: "breakdown.no-answer", moves: [tap("details"), skip] },
    { end: "question", moves: [tap("details"), say("The fees are wrong")] },
    { end: "question", moves: [say("The fees are wrong")] },
  ],
  chatbot: [
    { end: "step-up.no-answer", moves: [tap("transfer"), skip] },
    { end: "balance.no-answer", moves: [skip] },
    { end: "agent", moves: [tap("agent")] },
    { end: "agent", moves: [say("And my card?")] },
    { end: "agent", moves: [], setup: { webhookAnswers: { "read-balance": { ok: false, body: {} } } } },
    { end: "agent", moves: [], properties: { text: "Is my card blocked?" } },
    { end: "agent", moves: [say("It does not open")], properties: { text: "A transfer please" } },
  ],
  "csat-and-tips": [
    { end: "tip.no-answer", moves: [score(5), skip, skip] },
    { end: "tip.no-answer", moves: [say("Très bien, merci !"), skip, skip] },
    { end: "mend", moves: [score(4), skip, say("How does it work?")] },
    { end: "thanks", moves: [score(3)] },
    { end: "mend", moves: [score(1)] },
    { end: "mend", moves: [say("My card is lost")] },
    { end: "thanks", moves: [skip] },
    { end: "thanks", moves: [], isSilent: true },
  ],
};

/**
 * Every place at which a flow can end, read off the graph: a step without a way out by its id, an open way out as
 * "step.handle", a send step whose buttons nobody taps as "step.no-answer".
 */
function endsOf(graph: Graph, catalog: Catalog): string[] {
  return [...compile(graph).nodes.values()].flatMap(({ id, node, config, next }) => {
    const open = (node?.handles(config, catalog) ?? []).filter(
      (handle) => !next.has(handle.id) && (handle.place === "main" || handle.place === "outcome"),
    );
    if (node?.leadsTo?.(config)) return [];
    if (open.length > 0)
      return open.map((handle) =>
        next.size > 0 && handle.place === "main" ? `${id}.no-answer` : `${id}.${handle.id}`,
      );
    return next.size === 0 ? [id] : [];
  });
}

describe.each(starters.map((starter) => [starter.id, starter] as const))("the starter %s", (id, starter) => {
  test("can be published once its templates are approved", () => {
    const problems = validate(starter.graph, approved(starter));
    expect(problems.filter((problem) => problem.severity === "error")).toEqual([]);
    expect(isRunnable(problems)).toBe(true);
  });

  test("warns of nothing but the goal that an alert does not have", () => {
    const rules = validate(starter.graph, approved(starter)).map(({ rule }) => rule);
    expect(rules).toEqual(starter.graph.settings.goal ? [] : ["no-goal"]);
  });

  test("is drawn alike in French, with words of its own", () => {
    const french = localizeStarter(starter, "fr").graph;
    expect([french.edges, french.settings]).toEqual([starter.graph.edges, starter.graph.settings]);
    const bare = ({ id, type, position, data }: GraphNode) => ({ id, type, position, settings: Object.keys(data) });
    expect(french.nodes.map(bare)).toEqual(starter.graph.nodes.map(bare));
    const titles = starter.graph.nodes.flatMap(({ title }) => title ?? []);
    expect(titles.length).toBeGreaterThan(0);
    for (const { title } of french.nodes) expect(titles).not.toContain(title ?? "");
  });

  test("greets somebody without a name in their language", () => {
    for (const [locale, greeting] of [
      ["en", "Hello there,"],
      ["fr", "Bonjour cher client,"],
    ] as const) {
      const contact = { ...asOther.contact, firstName: null, locale };
      const { messages } = play(starter, { end: "", moves: [], setup: { contact } });
      const message = messages.find(({ direction }) => direction === "outbound");
      expect([message?.missing, message?.text]).toEqual([[], expect.stringContaining(greeting)]);
    }
  });

  test("says what is missing while they are not", () => {
    const problems = validate(starter.graph, { templates: starter.templates });
    expect(new Set(problems.filter(({ severity }) => severity === "error").map(({ rule }) => rule))).toEqual(
      new Set(starter.templates.length > 0 ? ["template-not-approved"] : []),
    );
  });

  test("has templates that the provider takes", () => {
    const refused = starter.templates
      .flatMap((template) => lintTemplate(template))
      .filter(({ severity }) => severity === "error");
    expect(refused).toEqual([]);
  });

  test("speaks English and French with the same blanks", () => {
    for (const template of starter.templates)
      expect(template.languages.map(({ language }) => language)).toEqual(["en", "fr"]);
  });

  test.each(
    (ways[id] ?? []).map(
      (way) =>
        [
          `${way.end} after ${way.moves.map((move) => ("buttonId" in move ? move.buttonId : move.kind)).join(", ") || "the event"}`,
          way,
        ] as const,
    ),
  )("ends at %s", (_, way) => expect(endOf(play(starter, way))).toBe(way.end));

  test("is played to each of its ends", () => {
    expect(new Set((ways[id] ?? []).map((way) => way.end))).toEqual(new Set(endsOf(starter.graph, approved(starter))));
  });

  test("fills every blank of what it sends", () => {
    for (const way of ways[id] ?? []) {
      const sent = play(starter, way).messages.filter(({ direction }) => direction === "outbound");
      for (const message of sent) expect([message.missing, message.text.includes("{{")]).toEqual([[], false]);
    }
  });
});

test("both arms of the loan offer are played", () => {
  const loan = starters.find(({ id }) => id === "loan-pre-approval");
  if (!loan) throw new Error("no loan starter");
  const templates = [play(loan, { end: "", moves: [] }), play(loan, { end: "", moves: [], setup: asOther })].map(
    (sim) => sim.messages[0]?.template,
  );
  expect(new Set(templates)).toEqual(new Set(["loan_offer_apply", "loan_offer_get"]));
});

test("a fraud alert leaves at night, a payment reminder waits for collections hours", () => {
  const night = { setup: { startAt: noon + 10 * 3_600_000 }, moves: [], end: "" };
  const statusOf = (id: string) =>
    starters.filter((starter) => starter.id === id).map((starter) => play(starter, night).messages[0]?.status);
  expect([statusOf("fraud-alert"), statusOf("payment-reminder")]).toEqual([["delivered"], ["queued"]]);
});
