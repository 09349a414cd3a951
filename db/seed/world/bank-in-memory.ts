import type { contact } from "#db/schema/index.ts";
import { advance, enroll } from "#flow/advance.ts";
import type { ContactFacts } from "#flow/contact.ts";
import type { Effect } from "#flow/effect.ts";
import { consentFor } from "#flow/gate/consent.ts";
import type { Purpose } from "#flow/graph.ts";
import type { JsonObject } from "#flow/json.ts";
import { matchTrigger } from "#flow/match-trigger.ts";
import { messageEvent } from "#flow/message-event.ts";
import { mayEnter } from "#flow/re-entry.ts";
import type { Advanced } from "#flow/run-steps.ts";
import type { FlowEvent, Signal } from "#flow/signal.ts";
import type { Act, Got } from "#server/demo/world/act.ts";
import { design } from "#server/demo/world/design.ts";
import { type Draws, drawsOf } from "#server/demo/world/draws.ts";
import type { Life } from "#server/demo/world/life.ts";
import { isStillMeant, noMemory, react } from "#server/demo/world/react.ts";
import { DueQueue } from "#server/sandbox/due-queue.ts";
import { fixedId } from "../fixed-id.ts";
import type { Sent } from "../play-life.ts";
import type { RunningFlow } from "../seed-flows.ts";
import { Enrolled } from "./enrolled.ts";
import { buttonsOf, type Texts } from "./texts-of.ts";

const minuteMs = 60_000;
/** From what happened to the message that comes of it. */
const handlingMs = 250;
const dayMs = 86_400_000;

export type Heard = {
  at: number;
  text: string;
  type: "text" | "button";
  enrolled: Enrolled | null;
  visit: number | null;
};

type PersonRow = typeof contact.$inferInsert;
type Due = { act: Act } | { to: Enrolled; signal: Signal };

export type Bank = { flows: readonly RunningFlow[]; texts: Texts };

/**
 * One person of the world and the bank, without any machinery: the pure core decides what becomes of what happens, the life's own
 * draws what the person does about it, and a few more what network and agents do. Nothing happens after `until`.
 */
export class PersonPlay {
  readonly life: Life;
  readonly person: PersonRow;
  readonly enrolled: Enrolled[] = [];
  readonly events: (FlowEvent & { type: "track" | "system" })[] = [];
  readonly heard: Heard[] = [];
  stoppedAt: number | null = null;
  readonly #bank: Bank;
  readonly #until: number;
  readonly #draws: Draws;
  readonly #memory = noMemory();
  readonly #agenda = new DueQueue<Due>();
  readonly #facts: ContactFacts;
  #happened = 0;

  constructor(
    bank: Bank,
    { life, person, facts, until }: { life: Life; person: PersonRow; facts: ContactFacts; until: number },
  ) {
    this.#bank = bank;
    this.life = life;
    this.person = person;
    this.#facts = facts;
    this.#until = until;
    this.#draws = drawsOf(life.span.seed, "network", life.person.index);
    for (const act of life.acts) this.#agenda.add(act.at, { act });
  }

  play(): void {
    for (;;) {
      const timer = this.#nextTimer();
      const dueAt = this.#agenda.nextDueAt ?? Number.POSITIVE_INFINITY;
      const timerAt = timer?.state.wait?.wakeAt ?? Number.POSITIVE_INFINITY;
      const at = Math.min(dueAt, timerAt);
      if (at > this.#until) return;
      if (timer && timerAt <= dueAt) this.#signal(timer, { kind: "timer" }, at);
      else this.#happen(at);
    }
  }

  #nextTimer(): Enrolled | undefined {
    const waiting = this.enrolled.filter(({ state }) => state.status === "waiting" && state.wait?.wakeAt != null);
    return waiting.toSorted((a, b) => (a.state.wait?.wakeAt ?? 0) - (b.state.wait?.wakeAt ?? 0))[0];
  }

  #happen(at: number): void {
    const due = this.#agenda.take(at);
    if (!due) return;
    if ("to" in due) this.#signal(due.to, due.signal, at);
    else if (isStillMeant(this.life, this.#memory, due.act)) this.#act(due.act, at);
  }

  #act(act: Act, at: number): void {
    if (act.kind === "track") this.#fact(act.event, act.properties, { at, type: "track" });
    else if (act.kind === "say" && act.about === "stop") this.#stop(act.text, at);
    else if (act.kind === "say") this.#write(act.text, at);
    else if (act.kind === "tap") this.#tap(act.wamid, act.button, at);
    else if (act.kind === "open") this.#follow(act.wamid, at);
  }

  #fact(name: string, properties: JsonObject, { at, type }: { at: number; type: "track" | "system" }): void {
    const event = { id: this.#newId("event", at), name, properties, at };
    this.events.push({ ...event, type });
    for (const one of this.#waiting()) this.#signal(one, { kind: "event", event }, at);
    this.#open(event);
  }

  #open(event: FlowEvent): void {
    for (const running of this.#bank.flows) {
      const match = matchTrigger(running.compiled, event, this.#facts);
      if ("refused" in match) continue;
      const before = this.enrolled.filter((one) => one.running === running && one.state.key === match.key);
      const isInside = before.some(({ state }) => state.status === "waiting");
      const lastEnteredAt = before.at(-1)?.state.enteredAt;
      if (!mayEnter(running.compiled.settings, { isInside, lastEnteredAt, now: event.at })) continue;
      const advanced = enroll({ ...this.#world(running), now: event.at, event, key: match.key });
      const one = new Enrolled(running, fixedId(`enrollment:${event.id}:${running.flowId}`, event.at), advanced);
      this.enrolled.push(one);
      this.#perform(one, advanced.effects, event.at);
    }
  }

  /** True when it moved them: then nobody else hears what they wrote. */
  #signal(one: Enrolled, signal: Signal, at: number): boolean {
    if (one.state.status !== "waiting") return false;
    const advanced: Advanced = advance({ ...this.#world(one.running), enrollment: one.state, signal, now: at });
    if (advanced.enrollment === one.state) return false;
    one.take(advanced);
    this.#perform(one, advanced.effects, at);
    return true;
  }

  #world = ({ compiled }: RunningFlow) => ({
    flow: compiled,
    contact: this.#facts,
    workspaceTimezone: this.life.person.market.zone,
  });

  #waiting = () => this.enrolled.filter(({ state }) => state.status === "waiting");

  #perform(one: Enrolled, effects: readonly Effect[], at: number): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case "send":
          this.#send(one, effect, at);
          break;
        case "webhook": {
          const signal: Signal = { kind: "webhook", visit: effect.visit, ok: true, values: this.#account(at) };
          this.#agenda.add(at + 400, { to: one, signal });
          break;
        }
        case "hand-off":
          this.#handOver(one, effect, at);
          break;
        case "event":
          if (typeof effect.properties.score === "number")
            one.score = { visit: effect.visit, value: effect.properties.score };
          this.#fact(effect.name, effect.properties, { at, type: "system" });
          break;
        case "assign":
          one.assigned.push({ experiment: effect.experiment, arm: effect.arm, at });
          break;
        case "update-contact":
          break;
      }
    }
  }

  #send(one: Enrolled, effect: Extract<Effect, { kind: "send" }>, askedAt: number): void {
    // What made it came before it.
    const at = askedAt + handlingMs;
    const lastInboundAt = this.heard.at(-1)?.at ?? null;
    const isInWindow = lastInboundAt !== null && at - lastInboundAt < dayMs;
    const fate = this.#fateOf(effect, isInWindow);
    const { delivered, read } = design.phones;
    const deliveredMs = Math.round(this.#draws.logNormal(delivered.medianMs, delivered.spread, 30 * minuteMs));
    const readMs = deliveredMs + Math.round(this.#draws.logNormal(read.medianMs, read.spread, dayMs));
    const sent: Sent = {
      ...effect,
      at,
      fate: fate === "read" && at + readMs > this.#until ? "delivered" : fate,
      deliveredMs,
      readMs,
      lastInboundAt,
    };
    one.sends.push(sent);
    if (fate === "failed" || fate === "blocked") {
      const signal: Signal = { kind: "status", visit: effect.visit, status: fate, reason: null };
      this.#agenda.add(at + 2_000, { to: one, signal });
      return;
    }
    const got: Got = {
      wamid: `${one.id}:${effect.visit}`,
      at: at + deliveredMs,
      template: effect.template,
      buttons: buttonsOf(this.#bank.texts, effect, this.life.person.market.locale),
    };
    for (const act of react(this.life, this.#memory, got)) this.#agenda.add(act.at, { act });
  }

  #fateOf({ purpose, template }: { purpose: Purpose; template: string | null }, isInWindow: boolean): Sent["fate"] {
    const isGranted = this.person.consents?.[consentFor(purpose)]?.state === "granted" && this.stoppedAt === null;
    if (!isGranted || (template === null && !isInWindow)) return "blocked";
    const { unreachable, hidesReads, unread } = design.phones;
    if (template !== null && !isInWindow && this.#draws.chance(unreachable)) return "failed";
    const hides = drawsOf(this.life.span.seed, "hides", this.life.person.index).chance(hidesReads);
    return hides || this.#draws.chance(unread) ? "delivered" : "read";
  }

  #handOver(one: Enrolled, effect: Extract<Effect, { kind: "hand-off" }>, at: number): void {
    const resolvedAt = Math.round(at + this.#draws.whole(20, 300) * minuteMs);
    // What came in the last hours is still open.
    const isResolved = resolvedAt < this.#until - 6 * 60 * minuteMs;
    one.handOffs.push({ ...effect, at, resolvedAt: isResolved ? resolvedAt : null });
    if (!isResolved) return;
    this.#agenda.add(resolvedAt, { to: one, signal: { kind: "hand-off", visit: effect.visit, outcome: "resolved" } });
    const closed = { event: "conversation.closed", properties: { queue: effect.queue } };
    this.#agenda.add(resolvedAt + 1, { act: { at: resolvedAt + 1, kind: "track", ...closed } });
  }

  #write(text: string, at: number): void {
    const hearer = this.#waiting().find((one) => this.#signal(one, { kind: "reply", text, visit: null }, at));
    this.heard.push({ at, text, type: "text", enrolled: hearer ?? null, visit: null });
    if (!hearer) this.#open(messageEvent({ id: this.#newId("message", at), channelId: null, at }, text));
  }

  #stop(text: string, at: number): void {
    this.heard.push({ at, text, type: "text", enrolled: null, visit: null });
    this.stoppedAt = at;
  }

  #tap(wamid: string, button: number | string, at: number): void {
    const found = this.#sentAs(wamid);
    if (!found) return;
    const buttons = buttonsOf(this.#bank.texts, found.sent, this.life.person.market.locale);
    const tapped = typeof button === "number" ? buttons[button] : buttons.find(({ id }) => id === button);
    if (!tapped) return;
    const { id: buttonId, text } = tapped;
    found.one.taps.push({ visit: found.sent.visit, buttonId, text, at });
    this.heard.push({ at, text, type: "button", enrolled: found.one, visit: found.sent.visit });
    this.#signal(found.one, { kind: "button", buttonId, text, visit: found.sent.visit }, at);
  }

  #follow(wamid: string, at: number): void {
    const found = this.#sentAs(wamid);
    const [slot] = Object.keys(found?.sent.links ?? {});
    if (!found || !slot) return;
    found.one.clicks.push({ visit: found.sent.visit, slot, at });
    this.#signal(found.one, { kind: "click", slot, visit: found.sent.visit }, at);
  }

  #sentAs(wamid: string): { one: Enrolled; sent: Sent } | null {
    const [id = "", visit] = wamid.split(":");
    const one = this.enrolled.find((each) => each.id === id);
    const sent = one?.sends.find((each) => each.visit === Number(visit));
    return one && sent ? { one, sent } : null;
  }

  /** What the bank's core system says about them. */
  #account(at: number): JsonObject {
    const { index, market } = this.life.person;
    return {
      balanceMinor: market.loan / 20 + index * 1_000,
      dueMinor: Math.round(market.loan / 24),
      dueOn: new Date(at + (3 + (index % 20)) * dayMs).toISOString().slice(0, 10),
      currency: market.currency,
    };
  }

  #newId(kind: string, at: number): string {
    this.#happened += 1;
    return fixedId(`${kind}:${this.person.id}:${this.#happened}`, at);
  }
}
