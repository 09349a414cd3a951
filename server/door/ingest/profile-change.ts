import type { ConsentPurpose } from "#flow/gate/consent.ts";
import type { JsonObject } from "#flow/json.ts";

export const profileFields = ["phone", "email", "firstName", "lastName", "locale", "timezone"] as const;
export type ProfileField = (typeof profileFields)[number];

/** What an `identify` says about a person. Null empties a field; an attribute that is null is removed. */
export type ProfileChange = {
  fields: Partial<Record<ProfileField, string | null>>;
  attributes: JsonObject;
  consents: ConsentChange[];
  /** When it was said, ISO 8601. */
  at: string;
  /** The message id: the proof behind a consent. */
  messageId: string;
};

export type ConsentChange = {
  purpose: ConsentPurpose;
  state: "granted" | "withdrawn";
  /** True for a purpose that a list of granted ones just leaves out: that withdraws what was granted and says nothing else. */
  onlyIfGranted: boolean;
  /** How it was said: trait or preference. */
  by: "trait" | "preference";
};
