import type { message } from "#db/schema/index.ts";
import type { RuleLine } from "#flow/explain-rule.ts";
import type { ConsentPurpose } from "#flow/gate/consent.ts";
import type { FlowSettings } from "#flow/graph.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import type { MessageCost } from "../channels/prices/message-cost.ts";
import type { FlowStatus } from "./flow-at.ts";
import type { WriteSource } from "./profile-at.ts";

/** The answer to "Why?" for one person and one period: every flow, and messages that no flow sent. */
export type Explanation = {
  contact: {
    id: string;
    externalId: string | null;
    firstName: string | null;
    lastName: string | null;
    /** Masked. */
    phone: string | null;
    timezone: string;
  };
  /** What holds for the person today, whatever held then. */
  today: Standing;
  from: Date;
  to: Date;
  /** Newest attempt first; flows that heard of nothing last. */
  flows: FlowExplanation[];
  /** Not sent by a flow: tests, answers of agents. */
  otherMessages: MessageExplanation[];
  hasMoreOtherMessages: boolean;
  /** The newest event that ever came, for who looks into an empty period. */
  lastEvent: { name: string; at: Date } | null;
  /** True where there is more than this answer holds: ask for a shorter period or one flow. */
  hasMore: boolean;
};

/** What keeps messages from a person, or lets them through, at the moment of asking. */
export type Standing = {
  /** Every purpose that somebody was asked about. `expiresAt`: until then, or since then when it has expired. */
  consents: { purpose: ConsentPurpose; state: "granted" | "withdrawn" | "expired"; at: Date; expiresAt: Date | null }[];
  /** Why no message leaves at all. Empty: nothing of the kind. */
  suppressions: Suppression[];
  /** Others with the same phone number: to STOP and to the caps they are one person. */
  sharedWith: { id: string; externalId: string | null; firstName: string | null; lastName: string | null }[];
  hasMoreSharedWith: boolean;
};

export type Suppression =
  /** `sharedWith`: the other contact with the same phone that it was written under; null: this one. */
  | { kind: "contact"; reason: string; since: Date; sharedWith: string | null }
  /** The workspace's suppression list names the phone or the customer id. `note`: why, in the importer's words. */
  | { kind: "list"; names: "phone" | "customer"; note: string; since: Date };

export type FlowExplanation = {
  id: string;
  name: string;
  /** As it is now. */
  status: FlowStatus;
  /** entered: inside at some time of the period, whatever became of later events; no-event: none came that this flow listens to. */
  verdict: "entered" | "did-not-enter" | "no-event";
  /** Each event that this flow listens to, and each time the person was inside. Newest first. */
  attempts: Attempt[];
};

export type Attempt = {
  verdict: "entered" | "did-not-enter";
  at: Date;
  event: { id: string; name: string };
  /** The enrollment key the event named; null where the flow has none. */
  key: string | null;
  /** In force at that moment; null before the first was published. */
  version: { id: string; number: number } | null;
  /** Null for who entered. */
  refusal: Refusal | null;
  rules: ToldRule[];
  reEntry: ReEntryLine | null;
  /** Null for who did not enter. */
  enrollment: EnrollmentExplanation | null;
};

/** A line of the entry criteria: what it needs, what the person had then, and where that came from. */
export type ToldRule = RuleLine & {
  /** now: it may have been another then, because what stood there before was not kept. */
  asOf: "then" | "now";
  /** Who wrote the person's value; null: not known, or no value of the person. */
  setBy: (WriteSource & { at: Date }) | null;
  /** What it is today, only where that is something else. */
  now?: Json;
};

export type Refusal =
  /** `since`: when it was published, after all; null: never. */
  | { reason: "not-published"; since: Date | null }
  /** `since` null: for longer than is kept. */
  | { reason: "paused" | "held" | "archived"; since: Date | null }
  | { reason: "entry-criteria" }
  | { reason: "no-key"; path: string }
  | { reason: "re-entry" }
  /** The engine could not apply the event to the flow. */
  | { reason: "failed"; error: string }
  /** Nobody has come to it yet. */
  | { reason: "queued" }
  /** The version cannot be run. */
  | { reason: "unreadable" }
  /** A step of another flow waited for what the person wrote, a flow of certain words took it, an agent had the person, or it was STOP. */
  | { reason: "heard-elsewhere" }
  /** By all that was kept, the person should have entered: a value must have been another at that moment. */
  | { reason: "not-explained" };

export type ReEntryLine = {
  mode: FlowSettings["reEntry"]["mode"];
  days: number | null;
  holds: boolean;
  insideSince: Date | null;
  lastEnteredAt: Date | null;
};

export type EnrollmentExplanation = {
  id: string;
  status: "waiting" | "ended";
  enteredAt: Date;
  wakeAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  /** The exit step's or the goal's own words. */
  endNote: string | null;
  goalAt: Date | null;
  /** The flow that ran this one, where a step of another did; null: an event or a message started it. */
  runBy: { enrollmentId: string; flowId: string; flowName: string } | null;
  path: PathStep[];
  neverReached: StepName[];
  messages: MessageExplanation[];
  /** True where the path or the messages are more than this answer holds. */
  hasMore: boolean;
};

export type StepName = { nodeId: string; type: string; title: string | null };

export type PathStep = StepName & {
  visit: number;
  enteredAt: Date;
  leftAt: Date | null;
  outcome: "left" | "waiting" | "ended";
  /** The way it was left by; `label` is a message key under `nodes.`. Null: by a "go to", or not yet. */
  handle: {
    id: string;
    text: string | null;
    label: { key: string; values: Record<string, string | number> } | null;
  } | null;
  /** The earlier step whose button was tapped. */
  recalledFrom: StepName | null;
  /** The number of the version that took the person over while they stood here; null: none did. */
  movedTo: number | null;
  waitsUntil: Date | null;
  /** What decided: the arm and its bucket, the branch, the event. */
  detail: JsonObject;
};

type Row = typeof message.$inferSelect;

export type MessageExplanation = Pick<
  Row,
  | (
      | "id"
      | "nodeId"
      | "visit"
      | "purpose"
      | "type"
      | "template"
      | "language"
      | "status"
      | "reason"
      | "checks"
      | "wamid"
    )
  | ("errorCode" | "errorDetail" | "createdAt" | "sentAt" | "deliveredAt" | "readAt")
  | ("failedAt" | "repliedAt" | "clickedAt")
> & {
  step: StepName | null;
  /** Null: no price is known, or there is nothing to charge. */
  cost: MessageCost | null;
  /** Of a message that still has to leave: when it is tried next, and how often it was tried. */
  next: { at: Date; attempts: number } | null;
  /** Of one that a cap stopped or makes wait: the messages that had used it up, oldest first, each with the day it counts for. */
  cappedBy: {
    id: string;
    flowId: string | null;
    flowName: string | null;
    template: string | null;
    at: Date;
    day: string;
    /** The other contact with the same phone that it went to; null: this one. */
    sharedWith: string | null;
  }[];
  /** The person's local days that were counted, both among them; null: no cap. */
  capDays: { from: string; to: string } | null;
  hasMoreCappedBy: boolean;
};
