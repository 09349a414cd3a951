import { isCapped } from "../gate/frequency-cap.ts";
import { spreadMinutes } from "../gate/spread.ts";
import type { FlowSettings } from "../graph.ts";
import type { Catalog } from "../template.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";
import { readable, type Steps } from "./steps.ts";
import type { Timing } from "./timing.ts";
import type { Ways } from "./ways.ts";

const hourMs = 3_600_000;
const windowMs = 24 * hourMs;
/** So long after a person wrote quiet hours do not hold for the service they ask for (send-hours.ts). */
const conversationMs = 15 * 60_000;

type Around = { ways: Ways; timing: Timing; settings: FlowSettings; catalog: Catalog };

/** Messages that may only leave within 24 hours of the person's last one, where more may have passed. */
export function findWindowProblems(steps: Steps, { ways, timing, settings, catalog }: Around): Problem[] {
  return [...steps].flatMap(([nodeId, read]) => {
    const step = readable(read);
    const tooLate = step?.type.needsWindow;
    // Whoever drew where people go when it is too late has thought of it.
    if (!tooLate || !ways.isReached(nodeId) || ways.from(nodeId).some((way) => way.handle === tooLate)) return [];
    const most = timing.sinceWord(nodeId);
    if (most + longestHold(most, settings, catalog) < windowMs) return [];
    const at = { nodeId, route: timing.longestSilence(nodeId) };
    const isShut = timing.leastSinceWord(nodeId) >= windowMs;
    return [isShut ? errorAt("window-closed", at) : warningAt("window-may-be-closed", at)];
  });
}

/** How long a message may have to wait for hours in which it may leave. */
function longestHold(sinceWord: number, { purpose, sendingHours }: FlowSettings, { quietMs = 0 }: Catalog): number {
  const isExempt = quietMs === 0 || !isCapped(purpose) || (purpose === "service" && sinceWord < conversationMs);
  const quiet = isExempt ? 0 : quietMs + spreadMinutes * 60_000;
  return quiet + (sendingHours ? windowMs - lengthMs(sendingHours) : 0);
}

/** From one time of day to another, over midnight where it must; the same time twice is no time. */
export function lengthMs({ from, to }: { from: string; to: string }): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return ((minutes(to) - minutes(from) + 1440) % 1440) * 60_000;
}

/** A stay after which the goal can no longer be reached in its time: told once on each way, where it happens. */
export function findGoalProblems(steps: Steps, { ways, timing, settings }: Around): Problem[] {
  const { goal } = settings;
  if (!goal) return [];
  const limit = goal.windowHours * hourMs;
  return [...steps.keys()].flatMap((nodeId) => {
    const arrives = timing.sinceEntry(nodeId);
    if (arrives > limit) return [];
    const beyond = ways.from(nodeId).filter((way) => !way.isLate && arrives + way.stay.least > limit);
    const [first] = beyond;
    // A way back into the time is no way out of it, and who just leaves needs no goal.
    if (!first || !beyond.some((way) => timing.sinceEntry(way.target) > limit)) return [];
    const neededHours = Math.ceil((arrives + Math.max(...beyond.map((way) => way.stay.least))) / hourMs) + 24;
    const route = ways.routeTo(nodeId);
    return [
      warningAt("wait-outlives-goal", {
        nodeId,
        values: { hours: goal.windowHours },
        route: route && {
          nodes: [...route.nodes, first.target],
          edges: [...route.edges, ...(first.edgeId ? [first.edgeId] : [])],
        },
        ...(neededHours <= 8760 && {
          fix: { kind: "change-settings", settings: { goal: { ...goal, windowHours: neededHours } } },
        }),
      }),
    ];
  });
}
