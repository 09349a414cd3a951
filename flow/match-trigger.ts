import type { CompiledFlow } from "./compile.ts";
import type { ContactFacts } from "./contact.ts";
import { whyNot } from "./evaluate-rule.ts";
import { eventFacts } from "./facts.ts";
import { type Json, keyText, readPath } from "./json.ts";
import type { RuleTest } from "./rule.ts";
import type { FlowEvent } from "./signal.ts";

/** Yes with the enrollment key (null where the flow has none), or no with what decided: what "Why?" shows. */
export type TriggerMatch =
  | { key: string | null }
  | { refused: "no-trigger" | "other-event" }
  | { refused: "entry-criteria"; test: RuleTest | null; actual: Json }
  | { refused: "no-key"; path: string };

/** Whether this event lets the person in, re-entry aside. Total. `time.now` in the entry criteria is the event's own time. */
export function matchTrigger(flow: CompiledFlow, event: FlowEvent, contact: ContactFacts): TriggerMatch {
  if (!flow.trigger) return { refused: "no-trigger" };
  if (flow.trigger.event !== event.name) return { refused: "other-event" };
  const facts = eventFacts(contact, { values: {}, key: null, event }, event, event.at);
  const failing = whyNot(flow.trigger.rule, facts);
  if (failing) return { refused: "entry-criteria", ...failing };
  const { enrollmentKey } = flow.settings;
  if (enrollmentKey === null) return { key: null };
  const key = keyText(readPath(facts, enrollmentKey));
  return key === null ? { refused: "no-key", path: enrollmentKey } : { key };
}
