import type { StepContext } from "./define-node.ts";
import type { Json, JsonObject } from "./json.ts";

/**
 * The object that rule paths are read from: contact.*, event.* (the event that opened the enrollment), enrollment.*, time.now
 * (ISO 8601, UTC). Built-in contact names win over attributes of the same name.
 */
export function factsOf(context: StepContext, event?: JsonObject): Json {
  const { contact, enrollment } = context;
  return {
    contact: { ...contact.attributes, id: contact.id, firstName: contact.firstName, locale: contact.locale, timezone: contact.timezone, tags: contact.tags },
    event: event ?? enrollment.event.properties,
    enrollment: { ...enrollment.values, key: enrollment.key, eventName: enrollment.event.name },
    time: { now: new Date(context.now).toISOString() },
  };
}
