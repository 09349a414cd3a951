import type { Graph } from "#flow/graph.ts";
import type { PathStep, Simulation } from "#flow/simulation/simulation.ts";
import type { RunMarks } from "../editor-state/editor-store.ts";

/** How moments and ends are said; the words live with the caller. */
export type StampWords = {
  time: (at: number) => string;
  deferred: (until: number) => string;
  waiting: (until: number) => string;
  notSent: string;
  ended: (reason: string) => string;
};

/** What a run shows on the canvas: the way taken, a stamp on each step of it, and where the person stands. */
export function runMarks(sim: Simulation, graph: Graph, words: StampWords): RunMarks {
  const stamps = new Map<string, { text: string; tone: "done" | "waiting" | "stopped" }>();
  const edges = new Set<string>();
  for (const visit of sim.path) {
    stamps.set(visit.nodeId, stampOf(visit, sim, words));
    const by = visit.leftBy;
    const edge =
      by && graph.edges.find((candidate) => candidate.source === by.nodeId && candidate.sourceHandle === by.handle);
    if (edge) edges.add(edge.id);
  }
  for (const message of sim.messages) {
    if (message.nodeId === null || message.direction === "inbound") continue;
    if (message.status === "queued" && message.until !== null)
      stamps.set(message.nodeId, { text: words.deferred(message.until), tone: "waiting" });
    if (message.status === "skipped" || message.status === "failed")
      stamps.set(message.nodeId, { text: words.notSent, tone: "stopped" });
  }
  return { stamps, edges, current: sim.path.findLast((visit) => visit.state === "here")?.nodeId ?? null };
}

function stampOf(visit: PathStep, sim: Simulation, words: StampWords) {
  if (visit.state === "left") return { text: words.time(visit.at), tone: "done" as const };
  const state = sim.enrollments.find((enrollment) => enrollment.id === visit.enrollmentId)?.state;
  if (visit.state === "ended")
    return { text: state?.endReason ? words.ended(state.endReason) : words.time(visit.at), tone: "done" as const };
  const wakeAt = state?.wait?.wakeAt ?? null;
  return wakeAt === null
    ? { text: words.time(visit.at), tone: "waiting" as const }
    : { text: words.waiting(wakeAt), tone: "waiting" as const };
}
