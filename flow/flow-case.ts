import { z } from "zod";
import type { ContactFacts } from "./contact.ts";
import type { SendPolicy } from "./gate/policy.ts";
import type { Graph } from "./graph.ts";
import { type JsonObject, JsonValue } from "./json.ts";
import { createSimulation, currentEnrollment, step } from "./simulate.ts";
import { Action } from "./simulation/action.ts";
import { gateOfPolicy } from "./simulation/gate-of-policy.ts";
import type { Simulation } from "./simulation/simulation.ts";
import type { Catalog } from "./template.ts";

/** Published limits (docs/limits.md). */
export const caseLimits = { perFlow: 50, actions: 200 } as const;

const attributes = z.record(z.string(), JsonValue);

/** Who is played, which event they get, and when: the beginning of a test run. */
export const CaseStart = z.strictObject({
  person: z.strictObject({
    name: z.string().min(1).max(200),
    facts: z.strictObject({
      id: z.string().min(1).max(100),
      firstName: z.string().max(200).nullable(),
      locale: z.string().max(35).nullable(),
      timezone: z.string().max(60).nullable(),
      attributes,
      tags: z.array(z.string().max(200)).max(200),
    }),
  }),
  hasConsent: z.boolean(),
  event: z.string().min(1).max(200),
  properties: attributes,
  /** Milliseconds since 1970. */
  at: z.int().min(0).max(253_402_300_799_000),
  language: z.string().min(2).max(10),
});
export type CaseStart = z.infer<typeof CaseStart>;

/** What a test run came to, as far as a case can ask for it. */
export const CaseOutcomes = z.strictObject({
  /** Steps in the order of the visits. */
  path: z.array(z.string().max(64)).max(2_000).optional(),
  /** Templates of the messages that left, in their order; of one without a template its step. */
  messages: z.array(z.string().max(512)).max(2_000).optional(),
  /** Why messages did not leave, in their order. */
  notSent: z.array(z.string().max(100)).max(2_000).optional(),
  /** How it ended; "waiting": it has not; "refused": the person did not get in. */
  end: z.string().max(60).optional(),
  /** Queues of the agents who were asked. */
  handOffs: z.array(z.string().max(60)).max(200).optional(),
});
export type CaseOutcomes = z.infer<typeof CaseOutcomes>;

export const outcomeNames = ["path", "messages", "notSent", "end", "handOffs"] as const;
export type OutcomeName = (typeof outcomeNames)[number];

/** A test run to be played again, and what has to come of it: only the outcomes that are named count. */
export const FlowCase = z.strictObject({
  name: z.string().trim().min(1).max(120),
  start: CaseStart,
  actions: z.array(Action).max(caseLimits.actions),
  expected: CaseOutcomes.refine((outcomes) => Object.keys(outcomes).length > 0, "A case asks for at least one outcome"),
});
export type FlowCase = z.infer<typeof FlowCase>;

/** A draft, and the workspace whose rules hold. */
export type CaseWorld = { graph: Graph; catalog: Catalog; workspaceTimezone: string; policy: SendPolicy };

/** An outcome that came out otherwise. */
export type CaseDifference = { outcome: OutcomeName; expected: string | string[]; actual: string | string[] };

export type CaseResult = { passes: boolean; differences: CaseDifference[] };

/** Plays a case by the same `simulate` as the test bench and compares what counts. Pure: the same draft gives the same result. */
export function runCase({ start, actions, expected }: FlowCase, world: CaseWorld): CaseResult {
  const actual = outcomesOf(playCase({ start, actions }, world));
  const differences = outcomeNames.flatMap((outcome): CaseDifference[] => {
    const [wanted, found] = [expected[outcome], actual[outcome]];
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(found)) return [];
    return [{ outcome, expected: wanted, actual: found }];
  });
  return { passes: differences.length === 0, differences };
}

/** The world after a case's actions. */
export function playCase({ start, actions }: Pick<FlowCase, "start" | "actions">, world: CaseWorld): Simulation {
  return actions.reduce(step, beginCase(start, world));
}

/** The world after the event that starts the run. */
export function beginCase(
  { person, hasConsent, event, properties, at, language }: CaseStart,
  world: CaseWorld,
): Simulation {
  const contact: ContactFacts = person.facts;
  const fresh = createSimulation({
    graph: world.graph,
    catalog: world.catalog,
    workspaceTimezone: world.workspaceTimezone,
    contact,
    startAt: at,
    workspaceLanguage: language,
    gate: { ...gateOfPolicy(world.policy, world.workspaceTimezone), ...(hasConsent ? {} : { consents: {} }) },
  });
  return step(fresh, { kind: "event", name: event, properties: properties as JsonObject });
}

/** What a run came to. */
export function outcomesOf(sim: Simulation): Required<CaseOutcomes> {
  const outbound = sim.messages.filter(({ direction }) => direction === "outbound");
  const hasLeft = ({ status }: { status: string }) => status === "sent" || status === "delivered" || status === "read";
  const last = currentEnrollment(sim)?.state ?? null;
  return {
    path: sim.path.map(({ nodeId }) => nodeId),
    messages: outbound.filter(hasLeft).map(({ template, nodeId }) => template ?? nodeId ?? ""),
    notSent: outbound
      .filter(({ status }) => status === "failed" || status === "skipped")
      .map(({ reason, status }) => reason ?? status),
    end: last === null ? "refused" : last.status === "waiting" ? "waiting" : (last.endReason ?? "completed"),
    handOffs: sim.log.flatMap((entry) => (entry.kind === "hand-off" ? [entry.queue] : [])),
  };
}
