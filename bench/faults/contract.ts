import type { Facts } from "./ledger/facts.ts";
import type { FindingKind } from "./ledger/finding.ts";
import type { Load, LoadPlan } from "./load/load.ts";
import type { Random } from "./random.ts";
import type { FaultStack } from "./stack/fault-stack.ts";
import type { World } from "./world/build-world.ts";
import type { KnownFlow } from "./world/known-flow.ts";

/**
 * HOW TO WRITE A FAULT
 *
 * A fault is one file in scenarios/ that exports one `defineFault({...})`, and one line in scenarios/index.ts. Try it with
 * `npm run faults -- --only F13 --seed 7 --events 600 --keep` (--keep leaves the logs and says where).
 *
 * What the runner does for each fault and seed:
 *  1. a fresh database on the harness's own Postgres, a fresh sandbox, the world of world/ (people of whom some never agreed, some
 *     are suppressed and some write STOP or something else on the way; one flow per purpose: condition, wait, send, branch on status,
 *     note on the person, split, second send; generated flows with every type of step; a second workspace that nobody acts in), and
 *     `prepare`;
 *  2. a door and `workers` workers, each line between processes through a TCP proxy (stack.proxies);
 *  3. the load: a source system that sends every event until the door says yes. After a quarter of it `inject` begins; while it runs,
 *     the next half is sent; when it resolves, the rest. Resolve when the fault is OVER (processes up again, proxies calm);
 *  4. calm() on all proxies, waiting until nothing is left to do, a move of the clock past the waits, waiting again, three times;
 *  5. the ledger: what the sandbox accepted, what the harness sent and knows, and what the database says are compared (ledger/):
 *     invariants I1 to I12. Then `expect` for what only this fault promises.
 *
 * You need not check loss, doubles, caps or consent: the ledger does, always. `allows` names what this fault excuses (a fault that makes
 * outcomes unknowable leaves unknown ones); everything not excused fails the run. Excuse as little as you can.
 *
 * What you have: `stack.workers[0].kill() | freeze() | thaw() | terminate() | start()`, `stack.addWorker(env)`, `stack.door`,
 * `stack.postgres.stop("immediate") | start() | endSessions("chasqui-worker%")`, `stack.proxies.{workerDatabase, doorDatabase, provider,
 * hooks}.{slowDown, slice, stall, refuse, reset, halfClose, cutAnswers, calm}`, `stack.control.plantFault(...)` and the rest of the
 * sandbox's control plane (server/sandbox/README.md), `stack.query(sql)` and `stack.db` past every proxy, `stack.moveClock(seconds)`,
 * `stack.until(what, check, withinMs)`, `random` (seeded: use no other), `load.{sent, accepted, untilAccepted(n), phase}`,
 * `world.{workspaceId, channelId, people, flows, writeKey, restKey}`, `note(name, value)` for a figure of your own in the result.
 *
 * Keep it short: 5 to 15 s of `inject`. Wait for conditions, not for times. Never touch what you did not start.
 */
export type Fault = {
  /** As in the catalogue: "F13". Several files may share one with a letter: "F14b". */
  id: string;
  title: string;
  load?: Partial<LoadPlan> & { events?: number };
  /** Two, unless said otherwise. */
  workers?: number;
  /** How many people the events are about (one for every six events), and how many messages a day they may get (3). */
  world?: { people?: number; capPerDay?: number };
  /** It promises how long something takes, or moves the clock over an edge while messages are on their way: with --jobs it is run alone, after the others. */
  isTimed?: true;
  /** Loaded before each worker, as `node --import`: only for planted bugs. */
  workerImports?: readonly string[];
  allows?: Allowances;
  /** Only for planted bugs: the run passes when the ledger finds this, and fails when it does not. */
  mustFind?: FindingKind;
  /** Why it cannot be made on this machine; null: it can. */
  skip?: () => string | null | Promise<string | null>;
  /** Flows beside the usual ones. */
  flows?: readonly KnownFlow[];
  /** Before the processes start and the load begins. */
  prepare?: (bench: FaultBench) => Promise<void>;
  /** Makes the fault and ends it. What it throws fails the run. */
  inject: (bench: FaultBench) => Promise<void>;
  /** What only this fault promises, after everything came to rest. Answers a sentence for each promise that was broken. */
  expect?: (bench: FaultBench, facts: Facts) => string[] | Promise<string[]>;
  /** Takes down what `prepare` put up, with all processes ended and the database still there. Runs whatever happened before. */
  cleanUp?: (bench: FaultBench) => Promise<void>;
};

export type FaultBench = {
  stack: FaultStack;
  world: World;
  load: Load;
  random: Random;
  /** A figure of this fault's own, shown beside the others. */
  note: (name: string, value: number | string) => void;
};

/** What a fault excuses. All of it is counted and shown all the same. */
export type Allowances = {
  /** Outcomes that nobody could know may still be "unknown" at the end: true, or at most so many. */
  unknown?: boolean | number;
  /** Messages sent once more on suspicion and marked "resent": true, or at most so many. */
  flaggedDuplicates?: boolean | number;
  /** Reasons that messages may fail with. */
  failed?: readonly string[];
  /** Reasons that messages may be skipped with, besides consent, suppression and cap. */
  skipped?: readonly string[];
  /** How long after a withdrawal of consent was stored a call that was under way may still arrive: 1,000 unless said otherwise. */
  inFlightMs?: number;
  deadLetters?: number;
  /** Workers that it starts and leaves running beside those there were. */
  moreWorkers?: number;
  /** Enrollments may end for these reasons besides the flow's own. */
  ends?: readonly string[];
  /** Processes may die by themselves (crash points). */
  crashes?: boolean;
};

export const defineFault = (fault: Fault): Fault => fault;
