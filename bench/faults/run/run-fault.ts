import { rmSync } from "node:fs";
import path from "node:path";
import type { Fault, FaultBench } from "../contract.ts";
import type { Facts } from "../ledger/facts.ts";
import type { Finding } from "../ledger/finding.ts";
import { judge, type Verdict } from "../ledger/judge.ts";
import { messagesAfterWithdrawal } from "../ledger/policy.ts";
import { checksumOf, countSessions, readFacts } from "../ledger/read-facts.ts";
import { Load } from "../load/load.ts";
import { makeEvents } from "../load/made-event.ts";
import { randomOf } from "../random.ts";
import { FaultStack, faultSecret } from "../stack/fault-stack.ts";
import type { OwnPostgres } from "../stack/own-postgres.ts";
import { buildWorld, type World } from "../world/build-world.ts";
import { generatedFlows } from "../world/generated-flow.ts";
import { knownFlows } from "../world/known-flow.ts";
import { makePeople } from "../world/person.ts";
import { starterFlows } from "../world/starter-flow.ts";
import { Auditor } from "./auditor.ts";
import { ClaimWatch } from "./claim-watch.ts";
import { comeToRest } from "./come-to-rest.ts";
import { figuresOf, type Latency } from "./latency.ts";
import { Phases } from "./phases.ts";

export type RunPlan = { postgres: OwnPostgres; folder: string; compiled: string; seed: number; events: number };

export type FaultResult = {
  id: string;
  title: string;
  seed: number;
  /** Accepted by the door, and looked up by the ledger: none of a run that broke off before. */
  events: number;
  /** Messages the provider took. */
  messages: number;
  counts: Verdict["counts"];
  broken: Finding[];
  /** Between the end of the fault and the last message it had held up; null: there was none. */
  recoverySeconds: number | null;
  latency: Latency;
  /** The largest process at the end. */
  megabytes: number;
  /** The longest time after a stored withdrawal at which a message still arrived. */
  lateMs: number;
  seconds: number;
  phases: Phases;
  notes: Record<string, number | string>;
  skipped: string | null;
  hasPassed: boolean;
};

const capPerDay = 3;
const eventsPerPerson = 6;
const defaults = { eventsPerSecond: 250, batch: 10, timeoutMs: 8_000, lastsSeconds: 3 };

/** One fault with one seed, from an empty database to the verdict. Never throws for what the fault brings to light. */
export async function runFault(fault: Fault, plan: RunPlan): Promise<FaultResult> {
  const begun = performance.now();
  const result = emptyResult(fault, plan.seed);
  result.skipped = (await fault.skip?.()) ?? null;
  if (result.skipped) return result;
  const folder = path.join(plan.folder, `${fault.id}-${plan.seed}`);
  // A run with --keep leaves its folder: the sandbox would go on with the ledger in it.
  rmSync(folder, { recursive: true, force: true });
  result.phases.enter("open");
  const { workerImports } = fault;
  let stack: FaultStack | null = null;
  try {
    stack = await FaultStack.open({ ...plan, folder, name: fault.id, ...(workerImports ? { workerImports } : {}) });
    await runOn(stack, fault, plan, result);
  } catch (error) {
    result.broken.push(brokenBy(error));
  }
  // What cannot be taken down is a finding as well, and must not end the runs that follow.
  await stack?.close().catch((error: unknown) => result.broken.push(brokenBy(error)));
  result.phases.enter(null);
  result.seconds = (performance.now() - begun) / 1000;
  const { mustFind } = fault;
  result.hasPassed = mustFind ? result.broken.some(({ kind }) => kind === mustFind) : result.broken.length === 0;
  return result;
}

async function runOn(stack: FaultStack, fault: Fault, plan: RunPlan, result: FaultResult): Promise<void> {
  const { seed } = plan;
  result.phases.enter("world");
  const events = fault.load?.events ?? plan.events;
  const flows = [...knownFlows, ...starterFlows, ...generatedFlows(seed), ...(fault.flows ?? [])];
  const people = makePeople(seed, fault.world?.people ?? Math.max(20, Math.ceil(events / eventsPerPerson)));
  const urls = {
    providerUrl: `http://127.0.0.1:${stack.proxies.provider.port}`,
    sandboxUrl: stack.sandboxUrl,
    endpointUrl: stack.endpoint.url,
  };
  const world = await buildWorld(
    stack.db,
    { secret: faultSecret, capPerDay: fault.world?.capPerDay ?? capPerDay, ...urls },
    { people, flows },
  );
  const load = new Load(stack, world, makeEvents(seed, events, people, flows), { ...defaults, ...fault.load });
  const bench: FaultBench = {
    stack,
    world,
    load,
    random: randomOf("fault", fault.id, seed),
    note: (name, value) => {
      result.notes[name] = value;
    },
  };
  try {
    await runBench(bench, fault, result);
  } finally {
    result.phases.enter("close");
    await stack.endProcesses();
    await fault.cleanUp?.(bench);
  }
}

async function runBench(bench: FaultBench, fault: Fault, result: FaultResult): Promise<void> {
  const { stack, world, load } = bench;
  result.phases.enter("start");
  await stack.control.call("POST", "schedule", schedule);
  await fault.prepare?.(bench);
  await stack.startProduct(fault.workers);
  await subscribe(stack, world);
  const { facts, faultEndedAt } = await observe(bench, fault, result);
  const { counts, broken } = judge(facts, fault.allows ?? {});
  const sentences = (await fault.expect?.(bench, facts)) ?? [];
  result.events = load.accepted;
  result.messages = facts.provider.length;
  result.counts = counts;
  result.broken.push(...broken, ...sentences.map((what) => finding(fault.id, what)));
  Object.assign(result, figuresOf(facts, faultEndedAt));
  const largest = facts.processes.toSorted((a, b) => b.bytesAfter - a.bytesAfter)[0];
  result.notes.largest = largest?.name ?? "";
  result.notes["types of steps taken"] = facts.walked.size;
  result.megabytes = Math.round(Math.max(...facts.processes.map(({ bytesAfter }) => bytesAfter)) / 2 ** 20);
  result.lateMs = Math.round(Math.max(0, ...messagesAfterWithdrawal(facts).map(({ gapMs }) => gapMs)));
}

/** The load with the fault in its middle, the rest after it, and what both ledgers say then. */
async function observe(
  bench: FaultBench,
  fault: Fault,
  result: FaultResult,
): Promise<{ facts: Facts; faultEndedAt: number }> {
  const { stack, world, load } = bench;
  const services = () => [stack.door, ...stack.workers];
  const sizes = new Map(services().map((service) => [service.plan.name, service.memoryBytes()]));
  const neighbour = await checksumOf(stack, world.neighbourId);
  const sessions = await countSessions(stack);
  const auditor = new Auditor();
  auditor.start(stack, world.workspaceId);
  const watch = new ClaimWatch();
  watch.start(stack);
  let faultEndedAt = 0;
  result.phases.enter("load before");
  try {
    await load.run(async () => {
      result.phases.enter("fault");
      try {
        await fault.inject(bench);
      } catch (error) {
        result.broken.push(brokenBy(error));
      }
      calmDown(stack);
      faultEndedAt = stack.now();
      result.phases.enter("load after");
    });
  } finally {
    await auditor.stop();
    await load.close();
  }
  result.phases.enter("rest");
  await comeToRest(stack);
  result.phases.enter("ledger");
  await watch.stop();
  const processes = services().map((service) => ({
    name: service.plan.name,
    crashes: service.crashes,
    bytesBefore: sizes.get(service.plan.name) ?? 0,
    bytesAfter: service.memoryBytes(),
  }));
  const facts = await readFacts(stack, world, load, {
    processes,
    neighbour,
    sessions,
    audited: auditor.written,
    claims: watch.claimedAt,
  });
  return { facts, faultEndedAt };
}

function calmDown(stack: FaultStack): void {
  for (const proxy of Object.values(stack.proxies)) proxy.calm();
}

/** A status of each kind, as soon as one can tell them apart: a run is over when the last one is applied. */
const schedule = { sent_ms: 50, delivered_ms: 150, read_ms: 400 };

async function subscribe(stack: FaultStack, world: World): Promise<void> {
  const { port } = stack.proxies.hooks;
  await stack.control.subscribe(`http://127.0.0.1:${port}/hooks/meta/${world.channelId}/${world.hookToken}`);
}

const finding = (subject: string, what: string): Finding => ({ invariant: "own", kind: "wrong", subject, what });

const brokenBy = (error: unknown): Finding =>
  finding(
    "run",
    error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join(" | ") : String(error),
  );

const emptyResult = (fault: Fault, seed: number): FaultResult => ({
  id: fault.id,
  title: fault.title,
  seed,
  events: 0,
  messages: 0,
  counts: { lost: 0, doubled: 0, flagged: 0, unknown: 0, "over-cap": 0, consent: 0, wrong: 0 },
  broken: [],
  recoverySeconds: null,
  latency: { before: null, during: null, after: null },
  megabytes: 0,
  lateMs: 0,
  seconds: 0,
  phases: new Phases(),
  notes: {},
  skipped: null,
  hasPassed: true,
});
