import type { Purpose } from "#flow/graph.ts";
import type { MadeEvent } from "../load/made-event.ts";
import type { KnownFlow } from "../world/known-flow.ts";
import type { Person } from "../world/person.ts";

/** A message as the provider's own record has it. */
export type ProviderMessage = {
  /** Our message id, as we gave it along. */
  ourId: string;
  /** Digits without +. */
  to: string;
  template: string;
  purpose: Purpose | null;
  /** The event that its words name. */
  eventRef: string | null;
  /** When the provider took it, milliseconds since 1970 by the product's clock. */
  at: number;
};

export type StoredEnrollment = {
  id: string;
  flowId: string;
  contactId: string;
  /** Message id of the event that opened it. */
  eventRef: string | null;
  /** The enrollment and the visit of the step that runs it, "id visit"; null: no step does. */
  startedBy: string | null;
  status: "waiting" | "ended";
  endReason: string | null;
  wakeAt: number | null;
};

export type StoredMessage = {
  id: string;
  contactId: string;
  enrollmentId: string | null;
  visit: number | null;
  template: string | null;
  /** Of the template's name; of what is said freely, the flow's. */
  purpose: Purpose | null;
  /** When its step was taken. */
  createdAt: number;
  status: string;
  reason: string | null;
  isInOutbox: boolean;
};

/** Everything that was read after a run came to rest. The invariants are functions of this and nothing else. */
export type Facts = {
  capPerDay: number;
  people: readonly Person[];
  flows: readonly (Pick<KnownFlow, "event" | "purpose" | "firstTemplate"> & { id: string })[];
  events: readonly MadeEvent[];
  /** What the provider accepted, oldest first. */
  provider: readonly ProviderMessage[];
  /** By message id, how many rows the event table has. */
  storedEvents: ReadonlyMap<string, number>;
  enrollments: readonly StoredEnrollment[];
  messages: readonly StoredMessage[];
  /** Of the consent ledger: when a person took something back. */
  withdrawals: readonly { contactId: string; purpose: "service" | "marketing"; at: number }[];
  /** By message id: when it was claimed, as far as it was seen. */
  claims: ReadonlyMap<string, number>;
  /** What is still to do, though nothing moves any more. */
  left: { signals: number; messages: number; webhooks: number; calls: number; lateTimers: number; segments: number };
  /** Why each signal that was given up could not be applied. */
  deadLetters: readonly string[];
  /** The types of steps that somebody came to. */
  walked: ReadonlySet<string>;
  /** How people left steps that run other flows. */
  runs: readonly { enrollmentId: string; visit: number; handle: string }[];
  /** What each throttle's pace is, and how many it let on between the first who came there and the last of whom it is known. */
  throttles: readonly {
    step: string;
    people: number;
    periodMs: number;
    wentOn: number;
    firstAt: number;
    lastAt: number;
  }[];
  /** Calls of webhook steps to the system that keeps a record. */
  calls: readonly { id: string; isTaken: boolean }[];
  /** The calls that it answered, by its own record. */
  answers: ReadonlySet<string>;
  /** What people wrote: when, and when the product knew of it. */
  writings: readonly { contactId: string; at: number; knownAt: number }[];
  /** Rows of paths that name another version than their enrollment is pinned to. */
  strayVersions: number;
  /** Checksums of the workspace that nobody acted in. */
  neighbour: { before: string; after: string };
  audit: { written: number; rows: number; brokenAt: number | null };
  /** Places in logs where a name or a number of a person stands. */
  leaks: readonly string[];
  processes: readonly { name: string; crashes: number; bytesBefore: number; bytesAfter: number }[];
  sessions: { before: number; after: number };
  /** The product's time at the end. */
  now: number;
};
