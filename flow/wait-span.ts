import type { CompiledNode } from "./compile.ts";
import type { ContactFacts } from "./contact.ts";
import type { EnrollmentState } from "./enrollment.ts";
import { FlowSettings } from "./graph.ts";
import { noStandings } from "./run-steps.ts";

const nobody: ContactFacts = { id: "", firstName: null, locale: null, timezone: null, attributes: {}, tags: [] };
const nowhere: EnrollmentState = {
  status: "waiting",
  nodeId: null,
  visit: 1,
  visitsByNode: {},
  wait: null,
  event: { id: "", name: "", properties: {}, at: 0 },
  key: null,
  enteredAt: 0,
  values: {},
  sent: [],
  endReason: null,
  endNote: null,
  goalAt: null,
};

/**
 * How long a step has everybody wait at most, in milliseconds; null where it does not wait or that depends on the person or the hour.
 * Asked of the step itself, twice: what it says two times over, whenever and whoever it is, is its span.
 */
export function waitSpan(step: CompiledNode): number | null {
  const [first, second] = [86_400_000, 1_000_000_000_000].map((now) => spanAt(step, now));
  return first !== null && first === second ? (first ?? null) : null;
}

function spanAt({ id, node, config, next }: CompiledNode, now: number): number | null {
  if (!node) return null;
  const { move } = node.enter(config, {
    nodeId: id,
    visit: 1,
    now,
    contact: nobody,
    enrollment: nowhere,
    settings: FlowSettings.parse({}),
    workspaceTimezone: "UTC",
    experiments: noStandings,
    isConnected: (handle) => next.has(handle),
    hasWayOut: next.size > 0,
  });
  return "wait" in move && move.wait.wakeAt !== null ? move.wait.wakeAt - now : null;
}
