import { enroll } from "../advance.ts";
import { matchOpening, type TriggerMatch } from "../match-trigger.ts";
import { mayEnter } from "../re-entry.ts";
import type { FlowEvent } from "../signal.ts";
import { log, takeOver } from "./signals.ts";
import type { Simulation } from "./simulation.ts";

/** Whether the event starts the flow for this person, re-entry aside. Any flow can be tried out as if another one ran it. */
export const entryBy = (sim: Simulation, event: FlowEvent): TriggerMatch => matchOpening(sim.flow, event, sim.contact);

/** Lets the person in, unless the flow's re-entry rule keeps it closed to them. */
export function enterFlow(sim: Simulation, event: FlowEvent, { key }: { key: string | null }): Simulation {
  const earlier = sim.enrollments.filter(({ state }) => state.key === key);
  const past = {
    isInside: earlier.some(({ state }) => state.status === "waiting"),
    lastEnteredAt: earlier.map(({ state }) => state.enteredAt).sort((a, b) => b - a)[0],
    now: sim.now,
  };
  if (!mayEnter(sim.flow.settings, past)) return log(sim, { kind: "refused", match: { refused: "re-entry" } });
  const { flow, contact, now, workspaceTimezone } = sim;
  const id = `p${sim.enrollments.length + 1}`;
  const entered = enroll({ flow, event, contact, key, now, workspaceTimezone });
  return takeOver({ ...sim, contact: entered.contact }, id, entered);
}
