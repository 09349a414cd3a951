import type { handOffClosings } from "#db/schema/index.ts";
import type { Effect } from "#flow/effect.ts";
import type { TraceRow } from "#flow/enrollment.ts";
import type { Money } from "#flow/money.ts";
import type { FlowEvent } from "#flow/signal.ts";
import { TallyBook } from "../rollup/tally-book.ts";
import type { AssignmentBook } from "./assignment-book.ts";
import type { LiveEnrollment } from "./load-people.ts";
import type { Work } from "./work.ts";

export type HandOffClosing = (typeof handOffClosings)[number];

export type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

/** `enrollment` is null when the flow could not even be entered. */
export type Failure = {
  work: Work;
  enrollment: LiveEnrollment | null;
  flowId: string;
  nodeId: string | null;
  error: unknown;
};

/** Everything a batch has to write, gathered in memory and written by a few statements. */
export type Outcome = {
  enrollments: LiveEnrollment[];
  traces: { enrollment: LiveEnrollment; firstOrdinal: number; rows: TraceRow[] }[];
  sends: { enrollment: LiveEnrollment; effect: EffectOf<"send"> }[];
  handOffs: { enrollment: LiveEnrollment; effect: EffectOf<"hand-off"> }[];
  /** Visits of hand-off steps that are over, whether an agent has them or not. */
  leftHandOffs: { enrollment: LiveEnrollment; visit: number; closes: HandOffClosing }[];
  /** Goals that were reached, and when; not by entering, when no message had left that could have led there. */
  goals: { enrollment: LiveEnrollment; at: number; value: Money | null }[];
  /** Answers, from 1 to 5, to the question of a visit. */
  scores: { enrollment: LiveEnrollment; visit: number; score: number }[];
  events: { enrollment: LiveEnrollment; effect: EffectOf<"event"> }[];
  /** Flows that steps ran: the event by which each began. */
  runs: { parent: LiveEnrollment; visit: number; event: FlowEvent }[];
  /** People who want to be let on at a throttle. */
  turns: { enrollment: LiveEnrollment; effect: EffectOf<"await-turn"> }[];
  webhookCalls: { enrollment: LiveEnrollment; effect: EffectOf<"webhook"> }[];
  /** Ids of the contacts whose facts a flow changed. */
  changedContacts: Set<string>;
  /** Signals to keep until the enrollment's flow is released. */
  held: { enrollment: LiveEnrollment; signal: Work["signal"] }[];
  /** Signals on which a flow's step threw; the rest of their people's flows went on. */
  failed: Failure[];
  /** Who came into which arm of an experiment. */
  assignments: AssignmentBook;
  /** What the paths above add up to, by step. */
  tallies: TallyBook;
  /** People brought to a new version or out of the old one, by move. */
  moves: Map<string, { moved: number; exited: number }>;
  /** Works that are crossed off with this batch. */
  done: Work[];
};

export const emptyOutcome = (assignments: AssignmentBook): Outcome => ({
  enrollments: [],
  traces: [],
  sends: [],
  handOffs: [],
  leftHandOffs: [],
  goals: [],
  scores: [],
  events: [],
  runs: [],
  turns: [],
  webhookCalls: [],
  changedContacts: new Set(),
  held: [],
  failed: [],
  assignments,
  tallies: new TallyBook(),
  moves: new Map(),
  done: [],
});
