import type { CompiledFlow } from "../compile.ts";
import type { TraceRow } from "../enrollment.ts";
import type { Purpose } from "../graph.ts";

/** What a replay counted. Plain JSON; times are milliseconds since 1970, days are the workspace's. */
export type ReplayFigures = {
  entered: number;
  /** Different persons among them. */
  people: number;
  /** Events of the trigger's name that opened nothing, by why. */
  refused: Record<string, number>;
  sent: number;
  /** By day and class: [day, class, messages]. */
  sentByDay: [day: string, purpose: Purpose, messages: number][];
  sentByStep: Record<string, number>;
  /** Messages that never left, by reason. */
  notSent: Record<string, number>;
  /** Messages that had to wait, by the first reason. */
  waited: Record<string, number>;
  /** Millionths, by currency. */
  costs: Record<string, number>;
  /** Left, and nobody knows their price. */
  unpriced: number;
  cap: Hits;
  hours: Hits;
  /** By step: entered, left, and how many stood there at the end. */
  steps: Record<string, { entered: number; waiting: number }>;
  /** Ways out that were taken: [step, handle, times]. */
  ways: [nodeId: string, handle: string, times: number][];
  ends: Record<string, number>;
  goals: number;
  handOffs: number;
  webhooks: number;
  /** Other flows that were started; what they do is not played. */
  runs: number;
  /** Messages whose fate really happened, and those for which it was drawn by the measured rates. */
  fates: { real: number; drawn: number };
  /** Steps that threw. */
  broken: number;
};

/** Messages to which a rule said no: some leave later, some never. */
export type Hits = { later: number; never: number };

const figureOf = { webhook: "webhooks", "hand-off": "handOffs", "run-flow": "runs" } as const;

/** Counts as the replay goes. */
export class Tally {
  readonly figures: ReplayFigures = {
    entered: 0,
    people: 0,
    refused: {},
    sent: 0,
    sentByDay: [],
    sentByStep: {},
    notSent: {},
    waited: {},
    costs: {},
    unpriced: 0,
    cap: { later: 0, never: 0 },
    hours: { later: 0, never: 0 },
    steps: {},
    ways: [],
    ends: {},
    goals: 0,
    handOffs: 0,
    webhooks: 0,
    runs: 0,
    fates: { real: 0, drawn: 0 },
    broken: 0,
  };
  readonly #people = new Set<string>();
  readonly #byDay = new Map<string, Map<Purpose, number>>();
  readonly #ways = new Map<string, Map<string, number>>();
  readonly #entered = new Map<string, number>();

  enters(contactId: string): void {
    this.figures.entered += 1;
    this.#people.add(contactId);
  }

  refuses(reason: string): void {
    raise(this.figures.refused, reason);
  }

  walks({ kind, nodeId, handle, detail }: TraceRow): void {
    if (kind === "entered") this.#entered.set(nodeId, (this.#entered.get(nodeId) ?? 0) + 1);
    else if (kind === "left") {
      const ways = this.#ways.get(nodeId) ?? new Map<string, number>();
      this.#ways.set(nodeId, ways);
      ways.set(handle ?? goToHandle, (ways.get(handle ?? goToHandle) ?? 0) + 1);
    } else if (kind === "ended") raise(this.figures.ends, String(detail.reason));
  }

  sends(
    { day, purpose, nodeId }: { day: string; purpose: Purpose; nodeId: string },
    costs: { amountMicros: number; currency: string } | null,
  ): void {
    this.figures.sent += 1;
    raise(this.figures.sentByStep, nodeId);
    const classes = this.#byDay.get(day) ?? new Map<Purpose, number>();
    this.#byDay.set(day, classes);
    classes.set(purpose, (classes.get(purpose) ?? 0) + 1);
    if (costs) raise(this.figures.costs, costs.currency, costs.amountMicros);
    else this.figures.unpriced += 1;
  }

  waits(reason: string): void {
    raise(this.figures.waited, reason);
    const hits = hitsOf(this.figures, reason);
    if (hits) hits.later += 1;
  }

  asks(whom: keyof typeof figureOf): void {
    this.figures[figureOf[whom]] += 1;
  }

  drops(reason: string): void {
    raise(this.figures.notSent, reason);
    const hits = hitsOf(this.figures, reason);
    if (hits) hits.never += 1;
  }

  /** The figures so far; `waiting` tells on which steps people stand. */
  close(flow: CompiledFlow, waiting: ReadonlyMap<string, number>): ReplayFigures {
    const steps: ReplayFigures["steps"] = {};
    for (const nodeId of flow.nodes.keys())
      steps[nodeId] = { entered: this.#entered.get(nodeId) ?? 0, waiting: waiting.get(nodeId) ?? 0 };
    const days = [...this.#byDay].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      ...this.figures,
      people: this.#people.size,
      steps,
      sentByDay: days.flatMap(([day, classes]) =>
        [...classes].map(([purpose, messages]): [string, Purpose, number] => [day, purpose, messages]),
      ),
      ways: [...this.#ways].flatMap(([nodeId, ways]) =>
        [...ways].map(([handle, times]): [string, string, number] => [nodeId, handle, times]),
      ),
    };
  }
}

/** How a way that is not drawn is named: "go to" leads to a step, and no edge. */
export const goToHandle = "go-to";

const capReasons = new Set(["frequency-cap", "rolling-cap", "frequency-cap-later", "rolling-cap-later"]);
const hourReasons = new Set([
  "quiet-hours",
  "sending-hours",
  "collections-hours",
  "never-open",
  "quiet-hours-dropped",
  "quiet-hours-dropped-later",
]);

const hitsOf = ({ cap, hours }: ReplayFigures, reason: string): Hits | null =>
  capReasons.has(reason) ? cap : hourReasons.has(reason) ? hours : null;

const raise = (counts: Record<string, number>, name: string, by = 1): void => {
  counts[name] = (counts[name] ?? 0) + by;
};
