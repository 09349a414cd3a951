import type { EndReason } from "./enrollment.ts";
import type { FlowEvent } from "./signal.ts";

/** The event by which a step of one flow starts another one. Its property `flowId` names the one that is started. */
export const runEventName = "flow.run";

/** So many flows may be started by one another in a row; graphs that could do more may be published at the same moment. */
export const deepestRun = 5;

/** So many flows may one signal to one person start by steps. */
export const mostRuns = 100;

/** How a flow came out for the step that waits for its end: people went its whole way, or left it before. */
export const outcomeOf = (reason: EndReason): "done" | "exited" =>
  reason === "completed" || reason === "goal" ? "done" : "exited";

/** Whether the event starts this flow by a step of another one. */
export const isRunOf = (flowId: string, { name, properties }: Pick<FlowEvent, "name" | "properties">): boolean =>
  name === runEventName && properties.flowId === flowId;
