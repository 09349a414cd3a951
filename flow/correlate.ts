import type { EnrollmentState } from "./enrollment.ts";
import { keyText, readPath } from "./json.ts";
import type { FlowEvent } from "./signal.ts";

/**
 * True when the event is about something else than this enrollment: the flow takes its key from a property of the event
 * ("event.invoiceId"), and this event has that property with another value. A payment of one invoice must not end the
 * reminders of another. An event without the property is about all of them.
 */
export function isAboutOther(
  enrollmentKey: string | null,
  enrollment: Pick<EnrollmentState, "key">,
  event: Pick<FlowEvent, "properties">,
): boolean {
  if (enrollmentKey === null || !enrollmentKey.startsWith("event.")) return false;
  const key = keyText(readPath({ event: event.properties }, enrollmentKey));
  return key !== null && key !== enrollment.key;
}
