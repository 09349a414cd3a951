import type { ContactFacts } from "./contact.ts";
import type { StepContext } from "./define-node.ts";
import type { EnrollmentState } from "./enrollment.ts";
import type { Json, JsonObject } from "./json.ts";
import type { FlowEvent } from "./signal.ts";

/**
 * The object that a step's rule paths are read from: contact.*, event.* (the event that opened the enrollment, unless another
 * is given), enrollment.*, time.now (ISO 8601, UTC). Built-in contact names win over attributes of the same name.
 */
export function factsOf({ contact, enrollment, now }: StepContext, event?: JsonObject): Json {
  return gather(contact, event ?? enrollment.event.properties, enrollment, now);
}

/** The same for a rule about an event that just came: goal, exit criteria, entry criteria. */
export function eventFacts(
  contact: ContactFacts,
  enrollment: Pick<EnrollmentState, "values" | "key" | "event">,
  event: FlowEvent,
  now: number,
): Json {
  return gather(contact, event.properties, enrollment, now);
}

function gather(
  contact: ContactFacts,
  event: JsonObject,
  { values, key, event: opening }: Pick<EnrollmentState, "values" | "key" | "event">,
  now: number,
): Json {
  const { id, firstName, locale, timezone, tags } = contact;
  return {
    contact: { ...contact.attributes, id, firstName, locale, timezone, tags },
    event,
    enrollment: { ...values, key, eventName: opening.name },
    time: { now: new Date(now).toISOString() },
  };
}
