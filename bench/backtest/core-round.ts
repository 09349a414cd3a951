import type { PersonHistory } from "#flow/backtest/history.ts";
import { assumedRates } from "#flow/backtest/rates.ts";
import { Replay } from "#flow/backtest/replay.ts";
import { compile } from "#flow/compile.ts";
import { noConsentRules } from "#flow/gate/consent.ts";
import { usualAnswers } from "#flow/gate/policy.ts";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { estimateCost } from "#server/channels/prices/estimate-cost.ts";
import { newId } from "#server/id.ts";

export type CoreRound = { entered: number; sent: number; cpuUs: number; seconds: number };

const start = Date.UTC(2026, 9, 1, 6);
const dayMs = 86_400_000;

/**
 * The replay alone, its histories made up in memory: so many people get one event each within thirty days. Quiet hours, a cap of three
 * and a price are asked about; what becomes of messages is drawn.
 */
export function coreRound(graph: Graph, catalog: Catalog, people: number): CoreRound {
  const histories = Array.from({ length: people }, makeHistory);
  const event = (at: number) => ({
    id: newId(),
    name: "bench.event",
    properties: { amount: 105_000, currency: "XOF" },
    at,
  });
  const events = histories.map((history, nth) => {
    const at = start + Math.floor((nth * 30 * dayMs) / people);
    return { history, at, event: event(at) };
  });
  const replay = new Replay({
    flow: compile(graph),
    flowId: "bench",
    catalog,
    rules: {
      capPerDay: 3,
      rollingCap: null,
      quietHours: { from: "21:00", to: "08:00" },
      collections: { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5, 6, 7] },
      budget: null,
      on: usualAnswers,
      consent: noConsentRules,
    },
    zone: "Africa/Dakar",
    language: "en",
    rates: { byTemplate: new Map(), usual: assumedRates, seed: "bench" },
    priceOf: estimateCost,
    assumesApproval: true,
  });
  const cpu = process.cpuUsage();
  const begun = performance.now();
  for (const { history, event, at } of events) replay.hear(history.id, event, at, () => history);
  const figures = replay.finish(start + 60 * dayMs);
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { entered: figures.entered, sent: figures.sent, cpuUs: user + system, seconds };
}

function makeHistory(_: unknown, nth: number): PersonHistory {
  const id = newId();
  const granted = { state: "granted" as const, at: new Date(start - dayMs).toISOString() };
  return {
    id,
    facts: { id, firstName: "Ana", locale: "en", timezone: null, attributes: { score: 700 }, tags: [] },
    holderId: id,
    phone: `+22177${String(1_000_000 + nth)}`,
    country: "SN",
    hasAddress: true,
    consents: { ledger: [], standing: { service: granted, marketing: granted } },
    suppressed: null,
    isListed: false,
    inboundAt: [],
    cappedSends: [],
    outside: [],
    past: [],
    echoes: new Map(),
  };
}
