import type { CompiledFlow } from "../compile.ts";
import type { ContactFacts } from "../contact.ts";
import type { EnrollmentState, TraceRow } from "../enrollment.ts";
import type { Catalog, TemplateCategory } from "../template.ts";
import type { Echo, PersonHistory } from "./history.ts";
import type { Rates } from "./rates.ts";
import type { Costs, ReplayRules } from "./replay-gate.ts";

/** What a replay is made of. */
export type ReplaySetup = {
  flow: CompiledFlow;
  /** By which events that start flows by others' steps name it. */
  flowId: string;
  catalog: Catalog;
  rules: ReplayRules;
  /** The workspace's zone and language. */
  zone: string;
  language: string;
  rates: Rates;
  priceOf: (message: {
    category: TemplateCategory | "service";
    at: number;
    phone: string | null;
    lastInboundAt: number | null;
  }) => Costs;
  assumesApproval: boolean;
  /** Millionths of the budget's currency that other flows spent, by month. */
  spent?: Readonly<Record<string, number>>;
  /** What happens by itself happens at whole steps of the clock, as where somebody looks so often. */
  tickMs?: number;
  /** The paths of so many are kept. */
  keptPaths?: number;
  /** Hears every row of every path, as the engine would write it. */
  onRows?: (run: ReplayRun, rows: readonly TraceRow[]) => void;
};

/** A person while they are replayed. `facts` are replaced as things happen to them. */
export type ReplayPerson = {
  history: PersonHistory;
  facts: ContactFacts;
  /** Their ways through the flow that can still hear something. */
  runs: ReplayRun[];
  /** The flow, or the world, has changed their facts since: they must be remembered. */
  isChanged: boolean;
  /** What happens to them outside the flow is on the agenda. */
  isFollowed: boolean;
  /** When they last wrote or tapped in the replay. */
  actedAt: number | null;
};

/** A way through the replayed flow. */
export type ReplayRun = {
  person: ReplayPerson;
  key: string;
  eventId: string;
  state: EnrollmentState;
  /** What really happened after the same event; null: the person did not enter by it. */
  echo: Echo | null;
  path: PathRow[] | null;
  sent: number;
  notSent: number;
};

/** One row of a kept path: the live trace without its details. */
export type PathRow = {
  at: number;
  nodeId: string;
  visit: number;
  kind: "waiting" | "left" | "ended";
  handle: string | null;
};
