import type { CompiledFlow } from "../compile.ts";
import type { ContactFacts } from "../contact.ts";
import type { EnrollmentState, TraceRow } from "../enrollment.ts";
import type { OwnCollections } from "../gate/collections-hours.ts";
import type { ConsentRules, Consents } from "../gate/consent.ts";
import type { GateCheck } from "../gate/decide-send.ts";
import type { RollingCap } from "../gate/frequency-cap.ts";
import type { Keywords } from "../gate/opt-out.ts";
import type { Answers } from "../gate/policy.ts";
import type { Hours } from "../gate/quiet-hours.ts";
import type { Purpose } from "../graph.ts";
import type { Json, JsonObject } from "../json.ts";
import type { TriggerMatch } from "../match-trigger.ts";
import type { MessageDetail } from "../message-detail.ts";
import type { RenderedMessage } from "../render-message.ts";
import type { Catalog } from "../template.ts";
import type { faults, stepFaults } from "./action.ts";

/** What the gate would read from the database. */
export type SimulatedGate = {
  consents: Consents;
  consentRules: ConsentRules;
  suppressedReason: string | null;
  capPerDay: number;
  rollingCap: RollingCap | null;
  quietHours: Hours | null;
  collections: OwnCollections;
  /** What a rule that says no makes of a message. */
  on: Answers;
  /** What ends all messages, and what takes it back. */
  keywords: Keywords;
  channelStatus: "connected" | "paused" | null;
  /** Templates that still have to be approved count as approved: a flow is tried out before its messages are submitted. */
  assumesApproval: boolean;
};

/** Things that go wrong on demand (action.ts). */
export type Fault = (typeof faults)[number] | (typeof stepFaults)[number];

/** A message on the simulated phone, in either direction. `until` is set while it waits at the gate. */
export type SimulatedMessage = {
  id: string;
  direction: "outbound" | "inbound";
  at: number;
  status: "queued" | "sent" | "delivered" | "read" | "failed" | "skipped" | "received";
  reason: string | null;
  until: number | null;
  expiresAt: number | null;
  enrollmentId: string | null;
  nodeId: string | null;
  visit: number | null;
  purpose: Purpose | null;
  template: string | null;
  language: string | null;
  content: RenderedMessage & Pick<MessageDetail, "form">;
  /** Everything a person reads of it, and the blanks that nothing fills: what the gate judges. */
  text: string;
  missing: string[];
  sendingHours: Hours | null;
  collects: boolean;
  capPerDay: number | null;
  templateHoldHours: number | null;
  checks: GateCheck[];
};

/** One line of the test bench's log, oldest first. `isTaken` is false for what no step was waiting for. */
export type LogEntry = { at: number } & (
  | { kind: "event"; name: string; properties: JsonObject; isTaken: boolean }
  | { kind: "refused"; match: Extract<TriggerMatch, { refused: string }> | { refused: "re-entry" } }
  | {
      kind: "step";
      nodeId: string;
      visit: number;
      outcome: TraceRow["kind"];
      handle: string | null;
      detail: JsonObject;
    }
  | {
      kind: "gate";
      messageId: string;
      nodeId: string | null;
      verdict: "send" | "defer" | "block";
      reason: string | null;
      until: number | null;
      checks: GateCheck[];
    }
  | {
      kind: "status";
      messageId: string;
      nodeId: string | null;
      status: SimulatedMessage["status"];
      reason: string | null;
    }
  | { kind: "person"; act: "tap" | "form" | "reply" | "click" | "stop" | "start"; text: string; isTaken: boolean }
  | { kind: "webhook"; nodeId: string; method: string; url: string; body: Json; ok: boolean }
  | { kind: "hand-off"; nodeId: string; queue: string; priority: "normal" | "urgent"; note: string }
  | { kind: "hand-off-resolved"; nodeId: string; isTaken: boolean }
  | { kind: "run-flow"; nodeId: string; flowId: string; outcome: "started" | "not-started" }
  | { kind: "flow-ended"; nodeId: string; outcome: "done" | "exited"; isTaken: boolean }
  | { kind: "turn"; nodeId: string; isFree: boolean }
  | { kind: "skipped-ahead"; milliseconds: number }
  | { kind: "fault"; fault: Fault }
);

/** One visit of a step, in the order of the visits; `handle` is the way out that was taken. */
export type PathStep = {
  enrollmentId: string;
  nodeId: string;
  visit: number;
  at: number;
  leftAt: number | null;
  /** The step whose handle was taken (an earlier one after a tap on an older message), and the handle. */
  leftBy: { nodeId: string; handle: string | null } | null;
  state: "here" | "left" | "ended";
};

export type SimulatedEnrollment = { id: string; state: EnrollmentState };

/** The whole world of a test run, as a value: each action gives a new one, so that a screen can go back. */
export type Simulation = {
  flow: CompiledFlow;
  catalog: Catalog;
  workspaceTimezone: string;
  workspaceLanguage: string;
  gate: SimulatedGate;
  /** By node id; a webhook step without an entry succeeds with an empty answer. */
  webhookAnswers: Readonly<Record<string, { ok: boolean; body: Json }>>;
  now: number;
  contact: ContactFacts;
  enrollments: readonly SimulatedEnrollment[];
  messages: readonly SimulatedMessage[];
  log: readonly LogEntry[];
  path: readonly PathStep[];
  /** What will happen by itself, besides the timers of the enrollments. */
  planned: readonly Planned[];
  /** Open requests to an agent. */
  handOffs: readonly { enrollmentId: string; nodeId: string; visit: number }[];
  /** Other flows that steps have started and that are not over. What they do is not played. */
  running: readonly { enrollmentId: string; nodeId: string; visit: number }[];
  /** Waits for the next message that leaves, or the next step that it is for. */
  fault: Fault | null;
  /** Templates that WhatsApp has paused in this run, by name. */
  pausedTemplates: readonly string[];
  /** Messages that used the cap, by the person's local day. */
  capUsed: Readonly<Record<string, number>>;
};

export type Planned = { at: number } & ({ kind: "gate"; messageId: string } | { kind: "read"; messageId: string });
