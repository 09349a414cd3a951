import { describe, expect, test } from "vitest";
import { compile } from "../compile.ts";
import { noConsentRules } from "../gate/consent.ts";
import { usualAnswers } from "../gate/policy.ts";
import { FlowSettings, type Graph } from "../graph.ts";
import { Agenda } from "./agenda.ts";
import { consentsAt, type Echo, type PersonHistory } from "./history.ts";
import { assumedRates, drawFate, type Rates } from "./rates.ts";
import { Replay } from "./replay.ts";
import type { ReplayRules } from "./replay-gate.ts";
import type { ReplaySetup } from "./replay-run.ts";

const hour = 3_600_000;
const morning = Date.UTC(2026, 9, 5, 9);

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
    node("start", "trigger-event", { event: "loan.due" }),
    node("remind", "send", { template: "due", values: {} }),
    node("wait", "wait-until", {
      sources: [{ kind: "event", id: "paid", event: "loan.paid" }],
      timeout: { amount: 5, unit: "hours" },
    }),
    node("again", "send", { template: "due", values: {} }),
    node("agent", "hand-off", { queue: "Loans", priority: "normal" }),
    node("done", "goal", { name: "paid" }),
  ],
  edges: [
    edge("start", "next", "remind"),
    edge("remind", "next", "wait"),
    edge("remind", "button:help", "agent"),
    edge("wait", "paid", "done"),
    edge("wait", "timeout", "again"),
    edge("again", "next", "done"),
  ],
  settings: FlowSettings.parse({ reEntry: { mode: "after-exit" } }),
};

const rules: ReplayRules = {
  capPerDay: 3,
  rollingCap: null,
  quietHours: { from: "21:00", to: "08:00" },
  collections: { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5, 6, 7] },
  budget: null,
  on: usualAnswers,
  consent: noConsentRules,
};
const rates: Rates = { byTemplate: new Map(), usual: assumedRates, seed: "test" };

const setup = (change: Partial<ReplaySetup> = {}): ReplaySetup => ({
  flow: compile(graph),
  flowId: "loans",
  catalog: {
    templates: [
      {
        name: "due",
        category: "utility",
        samples: {},
        languages: [
          {
            language: "en",
            status: "draft",
            header: null,
            body: "Your loan is due.",
            footer: null,
            buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
          },
        ],
      },
    ],
  },
  rules,
  zone: "Africa/Dakar",
  language: "en",
  rates,
  priceOf: () => ({ amountMicros: 20_000, currency: "USD" }),
  assumesApproval: true,
  keptPaths: 10,
  ...change,
});

const granted = { state: "granted" as const, at: "2026-01-01T00:00:00.000Z" };
const person = (change: Partial<PersonHistory> = {}): PersonHistory => ({
  id: "p1",
  facts: { id: "p1", firstName: "Awa", locale: "en", timezone: null, attributes: {}, tags: [] },
  holderId: "p1",
  phone: "+221770000001",
  country: "SN",
  hasAddress: true,
  consents: { ledger: [], standing: { service: granted } },
  suppressed: null,
  isListed: false,
  inboundAt: [],
  cappedSends: [],
  outside: [],
  past: [],
  echoes: new Map(),
  ...change,
});

const due = (id: string, at: number) => ({ id, name: "loan.due", properties: {}, at });

/** One person with one event, to the end of the week. */
function play(history: PersonHistory, change: Partial<ReplaySetup> = {}, at = morning) {
  const replay = new Replay(setup(change));
  replay.hear(history.id, due("e1", at), at, () => history);
  return { figures: replay.finish(at + 7 * 24 * hour), kept: replay.kept };
}

describe("a replay", () => {
  test("plays somebody who never reacts to the end, by the clock of the events", () => {
    const { figures, kept } = play(person());
    expect(figures).toMatchObject({
      entered: 1,
      people: 1,
      sent: 2,
      goals: 1,
      ends: { goal: 1 },
      costs: { USD: 40_000 },
    });
    expect(figures.ways).toContainEqual(["wait", "timeout", 1]);
    expect(kept[0]?.path?.at(-1)).toMatchObject({ nodeId: "done", at: morning + 5 * hour });
  });

  test("lets a message fare as it really did, and its tap lead on", () => {
    const echo: Echo = {
      sends: [
        {
          nodeId: "remind",
          sentAt: morning + 100,
          status: "read",
          reason: null,
          deliveredAt: morning + 2_000,
          readAt: morning + 60_000,
          failedAt: null,
          acts: [{ afterMs: 90_000, signal: { kind: "button", buttonId: "help", text: "Help" } }],
        },
      ],
      webhooks: [],
      handOffs: [],
      runs: [],
    };
    const { figures } = play(person({ echoes: new Map([["e1", echo]]) }));
    expect(figures).toMatchObject({ sent: 1, handOffs: 1, ends: { "handed-off": 1 }, fates: { real: 1, drawn: 0 } });
  });

  test("counts what other flows really sent against the cap, and waits for the morning in quiet hours", () => {
    const day = "2026-10-05";
    const busy = person({ cappedSends: [0, 1, 2].map((nth) => ({ at: morning - nth - 1, day })) });
    expect(play(busy).figures).toMatchObject({ sent: 0, cap: { later: 0, never: 2 }, notSent: { "frequency-cap": 2 } });
    const night = Date.UTC(2026, 9, 5, 23);
    expect(play(person(), {}, night).figures).toMatchObject({ hours: { later: 2, never: 0 }, sent: 2 });
  });

  test("under another cap lets more or fewer leave", () => {
    expect(play(person(), { rules: { ...rules, capPerDay: 1 } }).figures).toMatchObject({ sent: 1, cap: { never: 1 } });
  });

  test("lets nobody in twice at once, nor who was inside before its first day", () => {
    const replay = new Replay(setup());
    const history = person();
    for (const [nth, id] of ["e1", "e2"].entries())
      replay.hear("p1", due(id, morning + nth * hour), morning + nth * hour, () => history);
    expect(replay.finish(morning + 48 * hour)).toMatchObject({ entered: 1, refused: { "re-entry": 1 } });
    const inside = person({ past: [{ key: "", enteredAt: morning - hour, endedAt: null }] });
    expect(play(inside).figures).toMatchObject({ entered: 0, refused: { "re-entry": 1 } });
  });

  test("sends nothing to who has withdrawn, from that moment on", () => {
    const ledger = [{ at: morning + hour, purpose: "service" as const, state: "withdrawn" as const, expiresAt: null }];
    const { figures } = play(person({ consents: { ledger, standing: {} } }));
    expect(figures).toMatchObject({ sent: 1, notSent: { "consent-withdrawn": 1 } });
  });

  test("gives the same figures for the same seed, and draws as often as was measured", () => {
    const measured: Rates = { ...rates, usual: { ...assumedRates, failed: 0.1, taps: { help: 0.25 } } };
    const fates = Array.from({ length: 4_000 }, (_, nth) => drawFate(measured, "due", `e${nth}`));
    const share = (is: (fate: (typeof fates)[number]) => boolean) => fates.filter(is).length / fates.length;
    expect(share(({ failsAfterMs }) => failsAfterMs !== null)).toBeCloseTo(0.1, 1);
    expect(share(({ acts }) => acts.length > 0)).toBeCloseTo(0.25 * 0.9, 1);
    expect(drawFate(measured, "due", "e7")).toEqual(drawFate(measured, "due", "e7"));
  });
});

test("a consent that is first heard of when it is withdrawn had been given", () => {
  const ledger = [{ at: 100, purpose: "service" as const, state: "withdrawn" as const, expiresAt: null }];
  expect(consentsAt({ ledger, standing: {} }, 99).service?.state).toBe("granted");
  expect(consentsAt({ ledger, standing: {} }, 100).service?.state).toBe("withdrawn");
});

test("an agenda gives things back by their time, and those of one moment in their order", () => {
  const agenda = new Agenda<string>();
  for (const [at, item] of [
    [5, "e"],
    [1, "a"],
    [3, "c"],
    [1, "b"],
    [3, "d"],
  ] as const)
    agenda.add(at, item);
  const order = Array.from({ length: 5 }, () => agenda.take()?.item);
  expect(order).toEqual(["a", "b", "c", "d", "e"]);
  expect(agenda.take()).toBeUndefined();
});
