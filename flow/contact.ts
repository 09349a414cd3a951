import type { JsonObject } from "./json.ts";

/** A person as the flow language sees them: one flat object, read by rule paths ("contact.firstName", "contact.creditScore"). */
export type ContactFacts = {
  id: string;
  firstName: string | null;
  /** BCP 47 or Meta's form: "fr", "fr_FR", "en-GB". */
  locale: string | null;
  /** IANA zone; null means the workspace's. */
  timezone: string | null;
  /** Attributes sent by `identify` or set by a flow. Built-in names win over an attribute of the same name. */
  attributes: JsonObject;
  tags: string[];
};

/** What a flow may change on a contact, in order. */
export type ContactChange =
  | { op: "set"; attribute: string; value: string | number | boolean }
  | { op: "unset"; attribute: string }
  | { op: "increment"; attribute: string; by: number }
  | { op: "add-tag"; tag: string }
  | { op: "remove-tag"; tag: string };
