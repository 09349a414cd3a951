import type { Act } from "#server/demo/world/act.ts";
import { drawsOf } from "#server/demo/world/draws.ts";
import { type Life, lifeOf, type Span } from "#server/demo/world/life.ts";
import { isStillMeant, type Memory, noMemory, react } from "#server/demo/world/react.ts";
import { DueQueue } from "#server/sandbox/due-queue.ts";
import { report } from "../engine/print.ts";
import { answerPeople } from "./agents.ts";
import { DoorCalls, type Told } from "./door-calls.ts";
import type { Bank } from "./found-bank.ts";
import { Phones } from "./phones.ts";
import { settle } from "./settle.ts";
import type { Stage } from "./stage.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const callsAtOnce = 8;

export type WorldPlan = Span & { people: number; stepMinutes: number };

/** What has been done at the doors: what the bank's own figures are held against. */
export type Done = { events: number; sent: number; said: number; taps: number; opened: number; resolved: number };

type Somebody = { life: Life; memory: Memory };
type Due = { somebody: Somebody; act: Act };

/** Lets everybody live, step by step, each step with all its consequences; a line per day. */
export class WorldPlay {
  readonly #stage: Stage;
  readonly #bank: Bank;
  readonly #plan: WorldPlan;
  readonly #door: DoorCalls;
  readonly #phones: Phones;
  readonly #agenda = new DueQueue<Due>();
  readonly #byPhone = new Map<string, Somebody>();
  readonly done: Done = { events: 0, sent: 0, said: 0, taps: 0, opened: 0, resolved: 0 };

  constructor(stage: Stage, bank: Bank, plan: WorldPlan) {
    this.#stage = stage;
    this.#bank = bank;
    this.#plan = plan;
    this.#door = new DoorCalls(stage);
    this.#phones = new Phones(stage);
  }

  async run(): Promise<void> {
    const { startsAt, days } = this.#plan;
    this.#draw();
    await this.#phones.settleIn();
    let begun = performance.now();
    let before = { ...this.done };
    for (const [day, steps] of stepsOf(this.#plan).entries()) {
      for (const at of steps) await this.#step(at);
      report(
        dayLine(
          { day, days, at: startsAt + day * dayMs, seconds: (performance.now() - begun) / 1000 },
          this.done,
          before,
        ),
      );
      begun = performance.now();
      before = { ...this.done };
    }
    await this.#door.close();
  }

  #draw(): void {
    for (let index = 0; index < this.#plan.people; index += 1) {
      const life = lifeOf(this.#plan, index);
      const somebody = { life, memory: noMemory() };
      this.#byPhone.set(life.person.phone, somebody);
      for (const act of life.acts) this.#agenda.add(act.at, { somebody, act });
    }
  }

  async #step(at: number): Promise<void> {
    await this.#stage.moveClockTo(at);
    await this.#perform(at);
    await settle(this.#stage);
    for (const { phone, got } of await this.#phones.look()) {
      const somebody = this.#byPhone.get(phone);
      if (!somebody) throw new Error("A message went to somebody who is not of this world.");
      for (const act of react(somebody.life, somebody.memory, got)) this.#agenda.add(act.at, { somebody, act });
    }
    this.done.sent = this.#phones.sent;
    this.done.resolved += await answerPeople(this.#stage, this.#bank);
  }

  async #perform(until: number): Promise<void> {
    const told: Told[] = [];
    const others: Due[] = [];
    for (let due = this.#agenda.take(until); due; due = this.#agenda.take(until)) {
      const { somebody, act } = due;
      if (!isStillMeant(somebody.life, somebody.memory, act)) continue;
      if (act.kind === "identify" || act.kind === "track") told.push({ userId: somebody.life.person.id, act });
      else others.push(due);
    }
    await Promise.all([this.#door.tell(told), this.#touch(others)]);
    this.done.events = this.#door.told;
  }

  /** Taps and words, several phones at once. */
  async #touch(all: Due[]): Promise<void> {
    let next = 0;
    const hand = async () => {
      for (let due = all[next++]; due; due = all[next++]) await this.#touchOne(due);
    };
    await Promise.all(Array.from({ length: callsAtOnce }, hand));
  }

  async #touchOne({ somebody, act }: Due): Promise<void> {
    switch (act.kind) {
      case "say":
        await this.#phones.say(somebody.life.person.phone, act.text);
        this.done.said += 1;
        return;
      case "tap":
        await this.#phones.tap(act.wamid, act.button);
        this.done.taps += 1;
        return;
      case "open":
        await this.#door.open(await this.#phones.linkOf(act.wamid, act.button));
        this.done.opened += 1;
        return;
      default:
        throw new Error(`${act.kind} is not done on a phone.`);
    }
  }
}

/** The moments to which the clock is moved, by day: steps of uneven length, so that no hour of the day is left out. */
export function stepsOf({ seed, startsAt, days, stepMinutes }: WorldPlan): number[][] {
  const draws = drawsOf(seed, "steps");
  const byDay = Array.from({ length: days }, (): number[] => []);
  const end = startsAt + days * dayMs;
  for (let at = startsAt; at < end; ) {
    at = Math.min(end, at + Math.round(stepMinutes * (0.6 + 0.8 * draws.next())) * 60_000);
    byDay[Math.min(days - 1, Math.floor((at - 1 - startsAt) / dayMs))]?.push(at);
  }
  return byDay;
}

function dayLine(
  { day, days, at, seconds }: { day: number; days: number; at: number; seconds: number },
  done: Done,
  before: Done,
): string {
  const since = (what: keyof Done) => (done[what] - before[what]).toLocaleString("en");
  const date = new Date(at).toISOString().slice(0, 10);
  const parts = [
    `${since("events")} events`,
    `${since("sent")} messages out`,
    `${since("said")} written`,
    `${since("taps")} taps`,
    `${since("opened")} links`,
    `${since("resolved")} people answered`,
  ];
  return `day ${String(day + 1).padStart(2)}/${days} ${date}: ${parts.join(", ")} (${seconds.toFixed(1)} s)`;
}
