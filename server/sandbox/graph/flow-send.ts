import type { Flow } from "../account/account-record.ts";
import { GraphError } from "../graph-error.ts";
import type { Message } from "../record.ts";
import type { RenderedFlow } from "../rendered.ts";
import type { Sandbox } from "../sandbox.ts";

const hourMs = 3_600_000;
/** Section 14: what a throttled flow may still be sent in an hour. */
const sendsWhileThrottled = 10;

/**
 * Refuses a message whose flow Meta has blocked (132068), has throttled (132069 after ten an hour) or that is deprecated; a draft
 * goes out in mode `draft` only. A flow the account does not hold is let through.
 */
export function assertFlows(sandbox: Sandbox, content: Pick<Message, "rendered">): void {
  for (const opened of flowsIn(content)) {
    const flow = findFlow(sandbox, opened);
    if (flow) assertFlow(sandbox, flow, opened);
  }
}

function assertFlow(sandbox: Sandbox, flow: Flow, { mode }: RenderedFlow): void {
  switch (flow.status) {
    case "BLOCKED":
      throw new GraphError(132068, `Flow ${flow.id} is blocked`);
    case "THROTTLED":
      if (sentInLastHour(sandbox, flow) >= sendsWhileThrottled)
        throw new GraphError(132069, `Flow ${flow.id} is throttled: ${sendsWhileThrottled} messages an hour`);
      return;
    case "DRAFT":
      if (mode !== "draft") throw new GraphError(131009, `Flow ${flow.id} is a draft: publish it or send mode draft`);
      return;
    case "DEPRECATED":
      throw new GraphError(131009, `Flow ${flow.id} is deprecated`);
  }
}

// Looked up backwards and only for a throttled flow, so that nothing has to be counted for all others.
function sentInLastHour(sandbox: Sandbox, flow: Flow): number {
  const { log } = sandbox.world;
  const since = sandbox.clock.now() - hourMs;
  let count = 0;
  for (let index = log.length - 1; index >= 0; index--) {
    const message = log[index];
    if (!message || message.at <= since) break;
    if (message.direction === "outbound" && flowsIn(message).some((opened) => findFlow(sandbox, opened) === flow))
      count += 1;
  }
  return count;
}

/** The account's flow that a button opens; undefined when the account holds none by this id or name. */
export function findFlow(sandbox: Sandbox, { flowId, flowName }: RenderedFlow): Flow | undefined {
  const { flows } = sandbox.world.account;
  return flowId === undefined ? [...flows.values()].find(({ name }) => name === flowName) : flows.get(flowId);
}

/** What a message's flow buttons open, those of its cards last. */
export const flowsIn = ({ rendered }: Pick<Message, "rendered">): RenderedFlow[] =>
  [...(rendered?.buttons ?? []), ...(rendered?.cards ?? []).flatMap(({ buttons }) => buttons)].flatMap(({ flow }) =>
    flow ? [flow] : [],
  );
