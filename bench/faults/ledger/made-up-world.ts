import type { MadeEvent } from "../load/made-event.ts";
import type { Person } from "../world/person.ts";
import type { Facts, ProviderMessage, StoredEnrollment, StoredMessage } from "./facts.ts";

const noon = Date.parse("2026-11-22T12:00:00Z");

export const ana: Person = personOf("ana", "+14155900001", { service: "granted", marketing: "granted" });
const ben: Person = personOf("ben", "+14155900002", { service: "withdrawn" });

/** A small bank in which everything is as it should be: one event of each person, one message, one that was rightly not sent. */
export function wholeWorld(): Facts {
  return {
    capPerDay: 2,
    people: [ana, ben],
    flows: [{ id: "flow-s", event: "bank.service", purpose: "service", firstTemplate: "service_note" }],
    events: [eventOf("E-1", ana), eventOf("E-2", ben)],
    provider: [providerMessage("m-1", ana, "E-1")],
    storedEvents: new Map([
      ["E-1", 1],
      ["E-2", 1],
    ]),
    enrollments: [
      enrollmentOf("n-1", ana, "E-1"),
      enrollmentOf("n-2", ben, "E-2"),
      { ...enrollmentOf("n-3", ana, "R-1"), flowId: "flow-run", startedBy: "n-1 4" },
    ],
    messages: [
      messageOf("m-1", ana, "n-1"),
      { ...messageOf("m-2", ben, "n-2"), status: "skipped", reason: "consent-withdrawn" },
    ],
    withdrawals: [],
    claims: new Map(),
    left: { signals: 0, messages: 0, webhooks: 0, calls: 0, lateTimers: 0, segments: 0 },
    deadLetters: [],
    walked: new Set(["trigger-event", "send"]),
    runs: [{ enrollmentId: "n-1", visit: 4, handle: "done" }],
    throttles: [{ step: "flow-s turn", people: 2, periodMs: 60_000, wentOn: 4, firstAt: noon, lastAt: noon + 60_000 }],
    calls: [{ id: "c-1", isTaken: true }],
    answers: new Set(["c-1"]),
    writings: [],
    strayVersions: 0,
    neighbour: { before: "1", after: "1" },
    audit: { written: 3, rows: 3, brokenAt: null },
    leaks: [],
    processes: [{ name: "door", crashes: 0, bytesBefore: 1, bytesAfter: 1 }],
    sessions: { before: 4, after: 4 },
    now: noon,
  };
}

export const providerMessage = (
  ourId: string,
  person: Person,
  eventRef: string,
  template = "service_note",
): ProviderMessage => ({
  ourId,
  to: person.phone.slice(1),
  template,
  purpose: "service",
  eventRef,
  at: noon,
});

export const messageOf = (id: string, person: Person, enrollmentId: string): StoredMessage => ({
  id,
  contactId: person.contactId,
  enrollmentId,
  visit: 3,
  template: "service_note",
  purpose: "service",
  createdAt: noon,
  status: "delivered",
  reason: null,
  isInOutbox: false,
});

export const enrollmentOf = (id: string, person: Person, eventRef: string): StoredEnrollment => ({
  id,
  flowId: "flow-s",
  contactId: person.contactId,
  eventRef,
  startedBy: null,
  status: "ended",
  endReason: "goal",
  wakeAt: null,
});

function personOf(name: string, phone: string, consents: Person["consents"]): Person {
  return {
    contactId: name,
    externalId: name,
    phone,
    timezone: "UTC",
    consents,
    isSuppressed: false,
    score: 700,
    stopsAfter: null,
    words: [],
  };
}

const eventOf = (ref: string, person: Person): MadeEvent => ({
  ref,
  name: "bank.service",
  person,
  isForSending: true,
  properties: { ref, path: "send" },
  sentAt: noon,
  acceptedAt: noon,
  tries: 1,
  phase: "during",
});
