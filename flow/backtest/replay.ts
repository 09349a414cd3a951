import { advance, enroll } from "../advance.ts";
import { applyContactChange } from "../apply-contact-change.ts";
import type { ContactFacts } from "../contact.ts";
import type { Effect } from "../effect.ts";
import type { EnrollmentState } from "../enrollment.ts";
import { isOpening, matchOpening } from "../match-trigger.ts";
import { mayEnter } from "../re-entry.ts";
import type { Advanced } from "../run-steps.ts";
import type { FlowEvent, Signal } from "../signal.ts";
import { Agenda } from "./agenda.ts";
import { Courier, type Errand } from "./courier.ts";
import type { Outside, PersonHistory } from "./history.ts";
import { outsideAnswers } from "./outside-answers.ts";
import type { ReplayPerson, ReplayRun, ReplaySetup } from "./replay-run.ts";
import { type ReplayFigures, Tally } from "./tally.ts";
import { Turnstile } from "./turnstile.ts";

type Turn =
  | Errand
  | { kind: "timer"; run: ReplayRun }
  | { kind: "turns"; turnstile: Turnstile<AtTurnstile> }
  | { kind: "outside"; person: ReplayPerson; outside: Outside };

type AtTurnstile = { run: ReplayRun; visit: number };

/**
 * The third host of the flow language, beside the engine and the test bench: plays what really happened to people through a flow
 * that may be another one than was live, under rules that may be other ones. The steps, the gate and the re-entry rule are the live
 * ones (`enroll`, `advance`, `decideSend`, `mayEnter`); what is stated here is only what the outside world answers. Deterministic:
 * the same history gives the same figures. Events have to be told in the order of their times.
 */
export class Replay {
  readonly #setup: ReplaySetup;
  readonly #agenda = new Agenda<Turn>();
  readonly #people = new Map<string, ReplayPerson>();
  readonly #courier: Courier;
  readonly #lastEntered = new Map<string, number>();
  readonly #tally = new Tally();
  readonly #waiting = new Set<ReplayRun>();
  readonly #turnstiles = new Map<string, Turnstile<AtTurnstile>>();
  readonly #tickMs: number;
  readonly kept: ReplayRun[] = [];

  constructor(setup: ReplaySetup) {
    this.#setup = setup;
    this.#tickMs = setup.tickMs ?? 1;
    this.#courier = new Courier({ setup, tally: this.#tally, plan: (at, errand) => this.#plan(at, errand) });
  }

  get entered(): number {
    return this.#tally.figures.entered;
  }

  /** Whether an event of this name to this person can matter: else their history need not be read. */
  concerns(contactId: string, event: Pick<FlowEvent, "name" | "properties">): boolean {
    return this.#opens(event) || this.#people.has(contactId);
  }

  #opens(event: Pick<FlowEvent, "name" | "properties">): boolean {
    return isOpening(this.#setup, event);
  }

  /** An event came at `at`. `historyOf` is asked when the person is not being replayed already. */
  hear(contactId: string, event: FlowEvent, at: number, historyOf: () => PersonHistory | null): void {
    this.runUntil(at);
    let person = this.#people.get(contactId);
    if (person) for (const run of [...person.runs]) this.#receive(run, { kind: "event", event }, at);
    if (!this.#opens(event)) return;
    person ??= this.#meet(contactId, historyOf);
    if (person) this.#open(person, event, at);
  }

  /** A source system told something about a person. */
  change(contactId: string, at: number, change: (facts: ContactFacts) => ContactFacts): void {
    const person = this.#people.get(contactId);
    if (!person) return;
    this.runUntil(at);
    person.facts = change(person.facts);
  }

  /** Lets everything happen that is due before this moment. */
  runUntil(at: number): void {
    while (this.#agenda.nextAt < at) {
      const next = this.#agenda.take();
      if (next) this.#take(next.item, next.at);
    }
  }

  /** Lets everything happen up to the last moment and answers what was counted. */
  finish(at: number): ReplayFigures {
    this.runUntil(at + 1);
    const standing = new Map<string, number>();
    for (const { state } of this.#waiting)
      if (state.nodeId !== null) standing.set(state.nodeId, (standing.get(state.nodeId) ?? 0) + 1);
    return this.#tally.close(this.#setup.flow, standing);
  }

  #meet(contactId: string, historyOf: () => PersonHistory | null): ReplayPerson | undefined {
    const history = historyOf();
    if (!history) return undefined;
    const person: ReplayPerson = {
      history,
      facts: history.facts,
      runs: [],
      isChanged: false,
      isFollowed: false,
      actedAt: null,
    };
    this.#people.set(contactId, person);
    return person;
  }

  #open(person: ReplayPerson, event: FlowEvent, at: number): void {
    const { flow, zone } = this.#setup;
    const match = matchOpening(flow, event, person.facts);
    const refusal =
      "refused" in match ? match.refused : this.#mayEnter(person, match.key ?? "", at) ? null : "re-entry";
    if (refusal !== null || "refused" in match) {
      this.#tally.refuses(refusal ?? "other-event");
      this.#forget(person);
      return;
    }
    try {
      const world = { flow, contact: person.facts, now: at, workspaceTimezone: zone };
      const entered = enroll({ ...world, event, key: match.key });
      const key = match.key ?? "";
      const { history } = person;
      const path = this.kept.length < (this.#setup.keptPaths ?? 0) ? [] : null;
      const run = {
        person,
        key,
        eventId: event.id,
        state: entered.enrollment,
        echo: history.echoes.get(event.id) ?? null,
      };
      const made: ReplayRun = { ...run, path, sent: 0, notSent: 0 };
      if (path) this.kept.push(made);
      if (flow.settings.reEntry.mode !== "every-event") this.#lastEntered.set(`${history.id} ${key}`, at);
      this.#tally.enters(history.id);
      person.runs.push(made);
      this.#follow(person, at);
      this.#record(made, entered, null, at);
    } catch {
      this.#tally.figures.broken += 1;
    }
  }

  /** From their first entry on, also what happens to them outside the flow. */
  #follow(person: ReplayPerson, at: number): void {
    if (person.isFollowed) return;
    person.isFollowed = true;
    for (const outside of person.history.outside)
      if (outside.at > at) this.#plan(outside.at, { kind: "outside", person, outside });
  }

  #mayEnter({ history, runs }: ReplayPerson, key: string, now: number): boolean {
    const before = history.past.filter((stay) => stay.key === key);
    const isInside =
      runs.some((run) => run.key === key && run.state.status === "waiting") ||
      before.some(({ endedAt }) => endedAt === null || endedAt > now);
    const last = before.at(-1)?.enteredAt;
    return mayEnter(this.#setup.flow.settings, {
      isInside,
      lastEnteredAt: this.#lastEntered.get(`${history.id} ${key}`) ?? last,
      now,
    });
  }

  #take(turn: Turn, at: number): void {
    switch (turn.kind) {
      case "timer": {
        const wakeAt = turn.run.state.wait?.wakeAt ?? null;
        if (wakeAt !== null && wakeAt <= at) this.#receive(turn.run, { kind: "timer" }, at);
        return;
      }
      case "gate":
        this.#courier.judge(turn.message, at);
        return;
      case "signal":
        if (isAct(turn.signal)) turn.run.person.actedAt = at;
        this.#receive(turn.run, turn.signal, at);
        return;
      case "turns":
        this.#giveTurns(turn.turnstile, at);
        return;
      case "outside":
        this.#happen(turn.person, turn.outside, at);
        return;
    }
  }

  #happen(person: ReplayPerson, outside: Outside, at: number): void {
    if (outside.kind === "change") person.facts = outside.changes.reduce(applyContactChange, person.facts);
    else for (const run of [...person.runs]) this.#receive(run, { kind: "reply", text: outside.text, visit: null }, at);
  }

  #receive(run: ReplayRun, signal: Signal, at: number): void {
    const { flow, zone } = this.#setup;
    const { person, state } = run;
    if (state.status === "ended" && signal.kind !== "event") return;
    try {
      const advanced = advance({
        flow,
        enrollment: state,
        signal,
        contact: person.facts,
        now: at,
        workspaceTimezone: zone,
      });
      if (advanced.enrollment !== state) this.#record(run, advanced, state, at);
    } catch {
      this.#tally.figures.broken += 1;
    }
  }

  #record(
    run: ReplayRun,
    { enrollment, trace, effects, contact }: Advanced,
    before: EnrollmentState | null,
    at: number,
  ): void {
    const { person } = run;
    run.state = enrollment;
    if (person.facts !== contact) {
      person.facts = contact;
      person.isChanged = true;
    }
    for (const row of trace) this.#tally.walks(row);
    const rows = trace.filter((row) => row.kind !== "entered");
    if (run.path)
      // Nobody is brought to another version in a backtest.
      for (const { kind, nodeId, visit, handle } of rows)
        if (kind !== "entered" && kind !== "moved") run.path.push({ at, nodeId, visit, kind, handle });
    this.#setup.onRows?.(run, rows);
    for (const effect of effects) this.#perform(run, effect, at);
    if (enrollment.goalAt !== null && (before?.goalAt ?? null) === null) this.#tally.figures.goals += 1;
    if (enrollment.status === "waiting") {
      this.#waiting.add(run);
      const wakeAt = enrollment.wait?.wakeAt ?? null;
      if (wakeAt !== null) this.#plan(wakeAt, { kind: "timer", run });
    } else {
      this.#waiting.delete(run);
      if (!this.#mayStillReachGoal(enrollment)) this.#leave(run);
    }
  }

  #mayStillReachGoal({ goalAt }: EnrollmentState): boolean {
    return this.#setup.flow.settings.goal !== null && goalAt === null;
  }

  #leave(run: ReplayRun): void {
    const { person } = run;
    person.runs = person.runs.filter((other) => other !== run);
    this.#forget(person);
  }

  /** Who can hear nothing more is read again when they come back: few are in memory at a time. */
  #forget(person: ReplayPerson): void {
    if (person.runs.length === 0 && !person.isChanged) this.#people.delete(person.history.id);
  }

  #perform(run: ReplayRun, effect: Effect, at: number): void {
    switch (effect.kind) {
      case "send":
        this.#courier.queue(run, effect, at);
        return;
      case "webhook":
      case "hand-off":
      case "run-flow":
        this.#tally.asks(effect.kind);
        for (const { afterMs, signal } of outsideAnswers(effect, run))
          this.#plan(at + afterMs, { kind: "signal", run, signal });
        return;
      case "await-turn": {
        const turnstile = this.#turnstiles.get(effect.nodeId) ?? new Turnstile<AtTurnstile>(effect);
        this.#turnstiles.set(effect.nodeId, turnstile);
        if (turnstile.join({ run, visit: effect.visit })) this.#plan(at, { kind: "turns", turnstile });
        return;
      }
      // What steps told is among the stored events already.
      case "event":
      case "update-contact":
    }
  }

  #giveTurns(turnstile: Turnstile<AtTurnstile>, at: number): void {
    const isHere = ({ run: { state }, visit }: AtTurnstile) => state.status === "waiting" && state.visit === visit;
    const { turns, nextAt } = turnstile.open(at, isHere);
    for (const { run, visit } of turns) this.#receive(run, { kind: "turn", visit }, at);
    if (nextAt !== null) this.#plan(nextAt, { kind: "turns", turnstile });
  }

  #plan(at: number, turn: Turn): void {
    this.#agenda.add(this.#tickMs === 1 ? at : Math.ceil(at / this.#tickMs) * this.#tickMs, turn);
  }
}

/** What opens the window in which a business may answer freely. */
const isAct = ({ kind }: Signal): boolean => kind === "reply" || kind === "button" || kind === "form";
