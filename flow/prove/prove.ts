import { capFor, isCapped } from "../gate/frequency-cap.ts";
import type { Graph } from "../graph.ts";
import type { Catalog } from "../template.ts";
import { type Analysis, analyze, type CostBound } from "./analyze.ts";
import { findArmProblems } from "./arms.ts";
import { findBranchProblems } from "./branches.ts";
import { findEndProblems } from "./ends.ts";
import { findEndlessLoops } from "./loops.ts";
import { isMessage } from "./messages.ts";
import { findNeedProblems } from "./needs.ts";
import { type Problem, warningAt } from "./problem.ts";
import { findSettingsProblems } from "./settings.ts";
import { findShapeProblems } from "./shape.ts";
import { findStepProblems } from "./step-problems.ts";
import { findLanguageProblems, findTextProblems } from "./texts.ts";
import type { Route } from "./ways.ts";
import { findGoalProblems, findWindowProblems } from "./window.ts";

/** What holds of every run of a flow, in numbers: by itself, without what a person's own acts or late failures add. */
export type Facts = {
  messagesPerDay: number;
  /** It was not counted any further. */
  isMore: boolean;
  messagesInAll: number;
  messagesAfterAct: number;
  /** The workspace's daily cap; fraud and transaction messages have none. */
  cap: { kind: "daily"; most: number } | { kind: "exempt" | "noCap" };
  cost: CostBound | null;
  busiestDay: Route;
};

/** `facts` is null where nothing is sent. */
export type Proof = { problems: Problem[]; facts: Facts | null };

/** Everything that is wrong with a graph and all that holds of it. Pure and total; docs/proof.md says what each rule sees and what it does not. */
export function prove(graph: Graph, catalog: Catalog): Proof {
  const found = analyze(graph, catalog);
  const problems = findProblems(found).map((problem) => withPath(problem, found));
  return { problems, facts: factsOf(found) };
}

function findProblems(found: Analysis): Problem[] {
  const { graph, catalog, steps, drawn, open, known, timing } = found;
  const { settings } = graph;
  const shape = catalog.eventShapes?.[openingEvent(found) ?? ""];
  return [
    ...findShapeProblems(graph, steps),
    ...findSettingsProblems(graph),
    ...findStepProblems(graph, steps, catalog),
    ...findArmProblems(found),
    ...findEndProblems(found),
    ...findEndlessLoops(steps, drawn),
    ...findBranchProblems(steps, { ways: drawn, known, catalog }),
    ...findNeedProblems({ steps, ways: open, known, catalog, shape }),
    ...findWindowProblems(steps, { ways: open, timing, settings, catalog }),
    ...findGoalProblems(steps, { ways: open, timing, settings, catalog }),
    ...findCapProblems(found),
    ...findTextProblems(steps),
    ...findLanguageProblems(steps, open.isReached, catalog),
  ];
}

function openingEvent({ steps }: Analysis): string | undefined {
  for (const { type, config, issues } of steps.values())
    if (issues.length === 0 && type?.opensOn) return type.opensOn(config).event;
}

/** More messages than the workspace allows a person on a day: the rest would never leave. */
function findCapProblems({ graph, catalog, messages }: Analysis): Problem[] {
  const { perDay } = messages;
  const { reEntry, enrollmentKey } = graph.settings;
  const bound = capOf(graph, catalog);
  if (bound.kind !== "daily" || perDay.count === 0) return [];
  const nodeId = perDay.route.nodes.at(-1) ?? null;
  const cap = bound.most;
  const values = { count: perDay.count, cap };
  return [
    ...(perDay.count > cap ? [warningAt("messages-over-cap", { nodeId, values, route: perDay.route })] : []),
    // With a key each event is about a thing of its own, and the sender has asked for one message about each.
    ...(reEntry.mode === "every-event" && enrollmentKey === null
      ? [
          warningAt("every-event-enters", {
            values,
            fix: { kind: "change-settings", settings: { reEntry: { mode: "after-exit" } } },
          }),
        ]
      : []),
  ];
}

function factsOf({ graph, catalog, steps, open, messages, cost }: Analysis): Facts | null {
  if (![...steps.keys()].some((id) => isMessage(steps, id) && open.isReached(id))) return null;
  return {
    messagesPerDay: messages.perDay.count,
    isMore: messages.perDay.isMore,
    messagesInAll: messages.inAll,
    messagesAfterAct: messages.afterAct,
    cap: capOf(graph, catalog),
    cost,
    busiestDay: messages.perDay.route,
  };
}

/** The lower of the workspace's cap and the flow's own. */
function capOf({ settings }: Graph, { capPerDay }: Catalog): Facts["cap"] {
  if (!isCapped(settings.purpose)) return { kind: "exempt" };
  return capPerDay === undefined ? { kind: "noCap" } : { kind: "daily", most: capFor(capPerDay, settings.capPerDay) };
}

function withPath(problem: Problem, { drawn }: Analysis): Problem {
  if (problem.path || problem.nodeId === null) return problem;
  const route = drawn.routeTo(problem.nodeId);
  return route ? { ...problem, path: route.nodes, pathEdges: route.edges } : problem;
}
