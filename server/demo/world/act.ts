import type { JsonObject } from "#flow/json.ts";

/**
 * Something that happens to a person of the world, or that they do. `at` is in milliseconds since 1970. `sparedBy`: it does not when this
 * is on their phone by then.
 */
export type Act = { at: number; sparedBy?: "statement" } & (
  | { kind: "identify"; traits: JsonObject }
  /** A fact that a system of the bank tells of. */
  | { kind: "track"; event: string; properties: JsonObject }
  | { kind: "say"; text: string; about: Topic }
  /** They tap a button or a row of a message. */
  | { kind: "tap"; wamid: string; button: number | string }
  /** They follow a link of a message. */
  | { kind: "open"; wamid: string; button: number }
);

export type Topic = "balance" | "payment" | "statement" | "stop" | "other";

/** A message that has reached a phone. */
export type Got = {
  wamid: string;
  /** When it was sent. */
  at: number;
  /** Null: it was said freely. */
  template: string | null;
  /** In the order of the message. `link`: it leads to a page. */
  buttons: readonly { id: string; kind: "link" | "answer" | "row" }[];
};
