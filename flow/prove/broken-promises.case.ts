import { type Json, readPath } from "../json.ts";
import type { LogEntry, Simulation } from "../simulation/simulation.ts";
import type { Analysis } from "./analyze.ts";
import { isMessage } from "./messages.ts";
import { hasNumber } from "./number-set.ts";
import { prove } from "./prove.ts";
import { holdsText } from "./text-set.ts";
import type { ValueSet } from "./value-set.ts";

const dayMs = 86_400_000;

type StepEntry = Extract<LogEntry, { kind: "step" }>;

/** What a run did that was proven to be impossible. Each with the name of the promise; none in a sound world. */
export function brokenPromises(analysis: Analysis, worlds: readonly Simulation[]): string[] {
  const last = worlds.at(-1);
  if (!last) return [];
  const rows = last.log.filter((entry): entry is StepEntry => entry.kind === "step");
  return [
    ...brokenWays(analysis, rows),
    ...brokenTimes(analysis, last, rows),
    ...worlds.flatMap((world, index) => brokenKnowledge(analysis, world, worlds[index - 1])),
    ...brokenCounts(analysis, rows),
    ...brokenNeeds(analysis, last),
  ];
}

function brokenWays({ known }: Analysis, rows: readonly StepEntry[]): string[] {
  return rows.flatMap(({ outcome, nodeId, handle }) => {
    if (outcome === "entered" && !known.at(nodeId)) return [`reached: ${nodeId}`];
    return outcome === "left" && handle !== null && !known.leavingBy(nodeId, handle)
      ? [`taken: ${nodeId}.${handle}`]
      : [];
  });
}

function brokenTimes(
  { timing }: Analysis,
  { messages, enrollments }: Simulation,
  rows: readonly StepEntry[],
): string[] {
  const enteredAt = enrollments[0]?.state.enteredAt ?? 0;
  const words = messages.filter(({ direction }) => direction === "inbound").map(({ at }) => at);
  return rows.flatMap(({ outcome, nodeId, at }) => {
    if (outcome !== "entered") return [];
    const lastWord = Math.max(Number.NEGATIVE_INFINITY, ...words.filter((word) => word <= at));
    return [
      ...(at - enteredAt < timing.sinceEntry(nodeId) ? [`sooner: ${nodeId}`] : []),
      ...(at - lastWord > timing.sinceWord(nodeId) ? [`longer silent: ${nodeId}`] : []),
    ];
  });
}

/** What is known on arriving holds of whoever has just arrived. */
function brokenKnowledge({ known }: Analysis, world: Simulation, before: Simulation | undefined): string[] {
  const state = world.enrollments[0]?.state;
  if (!state?.nodeId || state.visit === before?.enrollments[0]?.state.visit) return [];
  const at = known.at(state.nodeId);
  if (!at) return [`reached: ${state.nodeId}`];
  const { id, firstName, locale, timezone, tags, attributes } = world.contact;
  const facts: Json = {
    contact: { ...attributes, id, firstName, locale, timezone, tags },
    event: state.event.properties,
    enrollment: { ...state.values, key: state.key, eventName: state.event.name },
    time: { now: new Date(world.now).toISOString() },
  };
  return known.places.all.flatMap(({ path, index, source }) => {
    const value = readPath(facts, path) ?? null;
    const set = at[index];
    return set && source !== "time" && !contains(set, value) ? [`known: ${path} at ${state.nodeId}`] : [];
  });
}

function contains(set: ValueSet, value: Json): boolean {
  if (value === null) return set.hasNothing;
  if (typeof value === "boolean") return value ? set.hasTrue : set.hasFalse;
  if (typeof value === "number") return hasNumber(set.numbers, value);
  return typeof value === "string" ? holdsText(set.texts, value) : set.hasOther;
}

/** Messages and money, between two acts of the person or late failures. */
function brokenCounts(analysis: Analysis, rows: readonly StepEntry[]): string[] {
  const { messages, cost } = analysis;
  const stretches: { at: number; micros: number }[][] = [[]];
  for (const row of rows) {
    if (isInterruption(analysis, row)) stretches.push([]);
    if (row.outcome === "entered" && isMessage(analysis.steps, row.nodeId))
      stretches.at(-1)?.push({ at: row.at, micros: microsOf(analysis, row.nodeId) });
  }
  return stretches.flatMap((stretch, index) => {
    const most = index === 0 ? messages.inAll : messages.afterAct;
    const mostMicros = index === 0 ? cost?.inAllMicros : cost?.afterActMicros;
    const spent = stretch.reduce((sum, { micros }) => sum + micros, 0);
    const perDay = Math.max(
      0,
      ...stretch.map(({ at }) => stretch.filter((one) => one.at >= at && one.at < at + dayMs).length),
    );
    return [
      ...(stretch.length > most ? [`in all: ${stretch.length} of ${most}`] : []),
      ...(spent > (mostMicros ?? Number.POSITIVE_INFINITY) ? [`cost: ${spent} of ${mostMicros}`] : []),
      ...(perDay > messages.perDay.count && !messages.perDay.isMore
        ? [`per day: ${perDay} of ${messages.perDay.count}`]
        : []),
    ];
  });
}

function isInterruption({ drawn }: Analysis, { outcome, nodeId, handle, detail }: StepEntry): boolean {
  if (outcome !== "left") return false;
  return "recalled" in detail || drawn.from(nodeId).some((way) => way.handle === handle && way.byPerson);
}

function microsOf({ graph, catalog }: Analysis, nodeId: string): number {
  const name = graph.nodes.find(({ id }) => id === nodeId)?.data.template;
  const category = catalog.templates.find((template) => template.name === name)?.category ?? "service";
  return catalog.prices?.find((price) => price.category === category)?.amountMicros ?? 0;
}

/** A blank that nothing filled was warned about (what an event must bring is not promised by anybody here), and a window that was closed. */
function brokenNeeds({ graph, catalog }: Analysis, { messages }: Simulation): string[] {
  const sent = messages.filter(({ direction }) => direction === "outbound");
  const lacking = sent.filter(({ missing }) => missing.length > 0);
  const shut = sent.filter(({ reason }) => reason === "window-closed");
  if (lacking.length + shut.length === 0) return [];
  const { problems } = prove(graph, catalog);
  const isWarned = (nodeId: string | null, rules: RegExp) =>
    problems.some((problem) => problem.nodeId === nodeId && rules.test(problem.rule));
  return [
    ...lacking.flatMap(({ nodeId }) => (isWarned(nodeId, /^(no-fallback|value-)/) ? [] : [`lacks: ${nodeId}`])),
    ...shut.flatMap(({ nodeId }) => (isWarned(nodeId, /^window-/) ? [] : [`window: ${nodeId}`])),
  ];
}
