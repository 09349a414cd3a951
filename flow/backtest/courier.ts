import type { Effect } from "../effect.ts";
import { budgetMonth } from "../gate/budget.ts";
import { templateHeld } from "../gate/decide-send.ts";
import { capDay } from "../gate/frequency-cap.ts";
import { sentAs } from "../gate/sent-as.ts";
import { localClock } from "../local-time.ts";
import type { Signal } from "../signal.ts";
import type { TemplateInfo } from "../template.ts";
import { type Act, type EchoSend, heardAs } from "./history.ts";
import { drawFate } from "./rates.ts";
import { askGate, type Costs, type GateSurroundings, lastInboundOf, type ReplayMessage } from "./replay-gate.ts";
import type { ReplayPerson, ReplayRun, ReplaySetup } from "./replay-run.ts";
import type { Tally } from "./tally.ts";

/** A message that may be asked about so often; each time it waits for a later opening. */
const mostRounds = 50;

/** So long after it left, a message whose fate is drawn arrives. */
const arrivesAfterMs = 2_000;

type SendEffect = Extract<Effect, { kind: "send" }>;
type Status = Pick<Extract<Signal, { kind: "status" }>, "status" | "reason">;

/** What the courier asks to be told later: a message is to be judged again, or a way hears something. */
export type Errand = { kind: "gate"; message: ReplayMessage } | { kind: "signal"; run: ReplayRun; signal: Signal };

type CourierOptions = { setup: ReplaySetup; tally: Tally; plan: (at: number, errand: Errand) => void };

/**
 * Carries the messages of a replay: asks the live gate, counts caps, budget and costs, and answers what the world answered. A message
 * that the live run sent at the same visit of the same step fares as it really did; every other one as the measured rates draw it.
 */
export class Courier {
  readonly #setup: ReplaySetup;
  readonly #tally: Tally;
  readonly #plan: CourierOptions["plan"];
  readonly #templates: ReadonlyMap<string, TemplateInfo>;
  readonly #used = new Map<string, Record<string, number>>();
  readonly #spent: Record<string, number>;
  readonly #around: GateSurroundings;

  constructor({ setup, tally, plan }: CourierOptions) {
    this.#setup = setup;
    this.#tally = tally;
    this.#plan = plan;
    this.#templates = new Map(setup.catalog.templates.map((template) => [template.name, template]));
    this.#spent = { ...setup.spent };
    const { rules, zone, language, assumesApproval } = setup;
    this.#around = { rules, zone, language, assumesApproval, used: this.#used, spent: this.#spent };
  }

  /** Puts a message in front of the gate. It is asked when the step that sends is through. */
  queue(run: ReplayRun, effect: SendEffect, at: number): void {
    const { nodeId, template: name } = effect;
    const echo = nthOf(run.echo?.sends, nodeId, run.state.visitsByNode[nodeId]);
    const waits = { askedAt: at, rounds: 0, waitedFor: null, heldUntil: null };
    const template = name === null ? undefined : this.#templates.get(name);
    this.#plan(at, { kind: "gate", message: { run, effect, template, echo, ...waits } });
  }

  /** Asks the gate about a message and does what it says. */
  judge(message: ReplayMessage, at: number): void {
    const { run, effect } = message;
    const costs = this.#costsOf(message, at);
    const verdict = askGate(message, at, this.#around, costs);
    if (verdict.verdict === "defer" && message.rounds < mostRounds) {
      if (message.waitedFor === null) this.#tally.waits(verdict.reason);
      const heldUntil = verdict.reason === templateHeld ? verdict.until : message.heldUntil;
      const again = {
        ...message,
        rounds: message.rounds + 1,
        waitedFor: message.waitedFor ?? verdict.reason,
        heldUntil,
      };
      this.#plan(Math.max(verdict.until, at + 1), { kind: "gate", message: again });
      return;
    }
    if (verdict.verdict !== "send") {
      run.notSent += 1;
      this.#tally.drops(verdict.reason);
      if (verdict.verdict === "block" && !verdict.isSilent)
        this.#tell(run, effect.visit, { status: "blocked", reason: verdict.reason }, at);
      return;
    }
    this.#dispatch(message, { costs, isCounted: verdict.isCounted }, at);
  }

  #dispatch(
    { run, effect, template, echo }: ReplayMessage,
    { costs, isCounted }: { costs: Costs; isCounted: boolean },
    at: number,
  ): void {
    const isReal = echo !== undefined && (echo.sentAt !== null || echo.status === "failed");
    this.#tally.figures.fates[isReal ? "real" : "drawn"] += 1;
    if (isReal && echo.sentAt === null) {
      // Refused at once: it used nothing.
      run.notSent += 1;
      this.#tally.drops(echo.reason ?? "failed");
      this.#tell(run, effect.visit, { status: "failed", reason: echo.reason }, at);
      return;
    }
    run.sent += 1;
    const purpose = sentAs(effect.purpose, template?.category ?? null);
    this.#tally.sends({ day: localClock(at, this.#setup.zone).day, purpose, nodeId: effect.nodeId }, costs);
    this.#pay(run.person, { at, isCounted, costs });
    this.#tell(run, effect.visit, { status: "sent", reason: null }, at);
    if (isReal) this.#follow(run, effect.visit, echo, at);
    else this.#draw(run, effect, at);
  }

  #pay(
    { history, facts }: ReplayPerson,
    { at, isCounted, costs }: { at: number; isCounted: boolean; costs: Costs },
  ): void {
    const { rules, zone } = this.#setup;
    if (isCounted) {
      const day = capDay(at, facts.timezone ?? zone);
      const used = this.#used.get(history.holderId) ?? {};
      used[day] = (used[day] ?? 0) + 1;
      this.#used.set(history.holderId, used);
    }
    if (rules.budget && costs?.currency === rules.budget.currency) {
      const month = budgetMonth(at, zone);
      this.#spent[month] = (this.#spent[month] ?? 0) + costs.amountMicros;
    }
  }

  /** What really became of it, as long after it left as it was then. */
  #follow(run: ReplayRun, visit: number, echo: EchoSend, at: number): void {
    const shift = at - (echo.sentAt ?? at);
    const { deliveredAt, readAt, failedAt } = echo;
    if (deliveredAt !== null) this.#tell(run, visit, { status: "delivered", reason: null }, deliveredAt + shift);
    if (readAt !== null) this.#tell(run, visit, { status: "read", reason: null }, readAt + shift);
    if (failedAt !== null) this.#tell(run, visit, { status: "failed", reason: "undelivered" }, failedAt + shift);
    this.#act(run, visit, echo.acts, at);
  }

  #draw(run: ReplayRun, { visit, nodeId, template }: Extract<Effect, { kind: "send" }>, at: number): void {
    const fate = drawFate(this.#setup.rates, template ?? nodeId, `${run.eventId} ${nodeId} ${visit}`);
    if (fate.failsAfterMs !== null) {
      this.#tell(run, visit, { status: "failed", reason: "undelivered" }, at + fate.failsAfterMs);
      return;
    }
    this.#tell(run, visit, { status: "delivered", reason: null }, at + arrivesAfterMs);
    if (fate.readAfterMs !== null) this.#tell(run, visit, { status: "read", reason: null }, at + fate.readAfterMs);
    this.#act(run, visit, fate.acts, at);
  }

  #act(run: ReplayRun, visit: number, acts: readonly Act[], at: number): void {
    for (const { afterMs, signal } of acts)
      this.#plan(at + afterMs, { kind: "signal", run, signal: heardAs(signal, visit) });
  }

  #tell(run: ReplayRun, visit: number, news: Status, at: number): void {
    if (run.state.status === "waiting")
      this.#plan(at, { kind: "signal", run, signal: { kind: "status", visit, ...news } });
  }

  #costsOf({ run, template, effect }: ReplayMessage, at: number): Costs {
    if (!template && effect.template !== null) return null;
    const { history } = run.person;
    const lastInboundAt = lastInboundOf(run.person, at);
    return this.#setup.priceOf({ category: template?.category ?? "service", at, phone: history.phone, lastInboundAt });
  }
}

/** What really happened at the n-th visit of this step, counted from 1. */
export const nthOf = <Item extends { nodeId: string }>(
  items: readonly Item[] | undefined,
  nodeId: string,
  visits = 1,
): Item | undefined => {
  let left = visits;
  return items?.find((item) => item.nodeId === nodeId && --left === 0);
};
