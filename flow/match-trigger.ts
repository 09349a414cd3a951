import type { CompiledFlow } from "./compile.ts";
import type { ContactFacts } from "./contact.ts";
import { whyNot } from "./evaluate-rule.ts";
import { eventFacts } from "./facts.ts";
import { type Json, keyText, readPath } from "./json.ts";
import type { RuleTest } from "./rule.ts";
import { isRunOf, runEventName } from "./run-event.ts";
import type { FlowEvent } from "./signal.ts";

/** Yes with the enrollment key (null where the flow has none), or no with what decided: what "Why?" shows. */
export type TriggerMatch =
  | { key: string | null }
  | { refused: "no-trigger" | "other-event" }
  | { refused: "entry-criteria"; test: RuleTest | null; actual: Json }
  | { refused: "no-key"; path: string };

/** Whether an event like this may start the flow at all: a step runs it, or its trigger waits for one of this name. */
export const isOpening = (
  { flow, flowId }: { flow: CompiledFlow; flowId: string },
  event: Pick<FlowEvent, "name" | "properties">,
): boolean => (event.name === runEventName ? isRunOf(flowId, event) : flow.trigger?.event === event.name);

/** Whether this event starts the flow for the person, as a step that runs it or by its trigger; re-entry aside. Total. */
export const matchOpening = (flow: CompiledFlow, event: FlowEvent, contact: ContactFacts): TriggerMatch =>
  (event.name === runEventName ? matchRun : matchTrigger)(flow, event, contact);

/** Whether this event lets the person in, re-entry aside. Total. `time.now` in the entry criteria is the event's own time. */
export function matchTrigger(flow: CompiledFlow, event: FlowEvent, contact: ContactFacts): TriggerMatch {
  const { trigger } = flow;
  if (!trigger) return { refused: "no-trigger" };
  // What another flow starts is not started by an event of that name, wherever it comes from.
  if (trigger.event !== event.name || trigger.by?.kind === "flow") return { refused: "other-event" };
  const facts = openingFacts(event, contact);
  const failing = whyNot(trigger.rule, facts);
  return failing ? { refused: "entry-criteria", ...failing } : keyOf(flow, facts);
}

/** The same where a step of another flow runs this one: who comes is decided there, so neither trigger nor entry criteria are asked. */
export function matchRun(flow: CompiledFlow, event: FlowEvent, contact: ContactFacts): TriggerMatch {
  return flow.trigger ? keyOf(flow, openingFacts(event, contact)) : { refused: "no-trigger" };
}

const openingFacts = (event: FlowEvent, contact: ContactFacts): Json =>
  eventFacts(contact, { values: {}, key: null, event }, event, event.at);

function keyOf({ settings: { enrollmentKey } }: CompiledFlow, facts: Json): TriggerMatch {
  if (enrollmentKey === null) return { key: null };
  const key = keyText(readPath(facts, enrollmentKey));
  return key === null ? { refused: "no-key", path: enrollmentKey } : { key };
}
