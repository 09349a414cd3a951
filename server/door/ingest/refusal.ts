/** Why an item, or a part of it, was not taken. The words are part of the public contract: docs/events.md explains each. */
export type RefusalReason =
  | "not-an-object"
  | "unknown-type"
  | "missing-user"
  | "missing-event-name"
  | "reserved-name"
  | "missing-previous-id"
  | "missing-group-id"
  | "invalid-message-id"
  | "invalid-user-id"
  | "invalid-name"
  | "invalid-properties"
  | "invalid-context"
  | "invalid-timestamp"
  | "invalid-text"
  | "unsafe-number"
  | "forbidden-key"
  | "too-deep"
  | "too-many-keys"
  | "too-large"
  | "not-storable"
  | "invalid-phone"
  | "invalid-email"
  | "invalid-locale"
  | "invalid-timezone"
  | "invalid-trait"
  | "unknown-consent";

/** `path` leads to the culprit inside the item: "properties.items.0.id". Empty: the item as a whole. */
export type Fault = { reason: RefusalReason; path: string };

/** A fault as it is answered: which item of the batch, and what it was called. */
export type Refusal = Fault & { index: number; messageId: string | null };

const sentences: Record<RefusalReason, string> = {
  "not-an-object": "An event is a JSON object.",
  "unknown-type": "The type must be track, identify, page, screen, group or alias.",
  "missing-user": "Give a userId or an anonymousId.",
  "missing-event-name": "A track call needs the event's name in `event`.",
  "reserved-name": "flow.run is what a step writes that runs a flow; call your event something else.",
  "missing-previous-id": "An alias call needs previousId.",
  "missing-group-id": "A group call needs groupId.",
  "invalid-message-id": "messageId must be text of 1 to 200 characters.",
  "invalid-user-id": "userId and anonymousId must be text of 1 to 256 characters, or a whole number.",
  "invalid-name": "A name must be text of 1 to 200 characters.",
  "invalid-properties": "properties and traits must be JSON objects.",
  "invalid-context": "context must be a JSON object.",
  "invalid-timestamp":
    "A time reads like 2026-11-22T10:40:06.066Z, or is a number of seconds or milliseconds since 1970.",
  "invalid-text": "Text must be valid Unicode without NUL characters.",
  "unsafe-number": "A number beyond 2^53 - 1 loses digits; send it as text.",
  "forbidden-key": "__proto__ and constructor.prototype are not allowed as keys.",
  "too-deep": "An event may be nested 32 levels deep.",
  "too-many-keys": "An event may have 1,000 keys.",
  "too-large": "An event may have 32 kB.",
  "not-storable": "The database refused this event.",
  "invalid-phone": "The phone number is not valid; send it with + and the country code.",
  "invalid-email": "The e-mail address is not valid.",
  "invalid-locale": "A locale reads like fr or fr-SN.",
  "invalid-timezone": "A time zone reads like Africa/Dakar.",
  "invalid-trait": "This trait must be text, and a trait's name must not hold a dot.",
  "unknown-consent": "whatsappConsent is a list of service and marketing; a preference is true or false.",
};

/** The fault in words, for whoever reads the answer. */
export const explain = (fault: Fault): string =>
  fault.path ? `${sentences[fault.reason]} Found at ${fault.path}.` : sentences[fault.reason];
