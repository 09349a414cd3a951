import type { Effect } from "../effect.ts";
import type { Signal } from "../signal.ts";
import { nthOf } from "./courier.ts";
import type { ReplayRun } from "./replay-run.ts";

type Asked = Extract<Effect, { kind: "webhook" | "hand-off" | "run-flow" }>;

/** So long after it was asked, who never really was asked answers. */
const presumedMs = 1_000;

/**
 * What another system, an agent or another flow answers to a step, and so many milliseconds after it was asked: what it really
 * answered at the same visit of the same step; where it was not asked, a call succeeds without values, another flow comes to its end,
 * and no agent has time.
 */
export function outsideAnswers(effect: Asked, { echo, state }: ReplayRun): { afterMs: number; signal: Signal }[] {
  const { visit, nodeId } = effect;
  const visits = state.visitsByNode[nodeId];
  switch (effect.kind) {
    case "webhook": {
      const real = nthOf(echo?.webhooks, nodeId, visits) ?? { ok: true, values: {}, afterMs: presumedMs };
      const { ok, values, afterMs } = real;
      return [{ afterMs, signal: { kind: "webhook", visit, ok, values } }];
    }
    case "hand-off": {
      const real = nthOf(echo?.handOffs, nodeId, visits);
      return real ? [{ afterMs: real.afterMs, signal: { kind: "hand-off", visit, outcome: "resolved" } }] : [];
    }
    case "run-flow": {
      const real = nthOf(echo?.runs, nodeId, visits) ?? { outcome: "done", reason: "completed", afterMs: presumedMs };
      const { outcome, reason, afterMs } = real;
      const started: Signal = { kind: "flow", visit, outcome: "started", reason: null };
      return [
        ...(outcome === "not-started" ? [] : [{ afterMs: 0, signal: started }]),
        ...(outcome === "started" ? [] : [{ afterMs, signal: { kind: "flow", visit, outcome, reason } as const }]),
      ];
    }
  }
}
