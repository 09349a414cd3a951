import type { Purpose } from "../graph.ts";
import type { TemplateCategory, TemplateStatus } from "../template.ts";
import type { Consents } from "./consent.ts";
import type { CapState } from "./frequency-cap.ts";
import type { LeftEarly } from "./left-early.ts";
import type { Answers } from "./policy.ts";
import type { Hours, Week } from "./quiet-hours.ts";

/** Everything the gate looks at, read in the transaction that claims the message. Times are milliseconds since 1970. */
export type SendFacts = {
  now: number;
  /** The flow's. */
  purpose: Purpose;
  /** What the provider takes the template for; null for free text or an unknown template. */
  category: TemplateCategory | null;
  /** IANA zone of the person, else of the workspace. */
  zone: string;
  consents: Consents;
  /** Classes that the workspace sends without a consent. */
  consentExempt?: readonly Purpose[];
  /** Why the person is never written to ("opt-out", "undeliverable", "blocked"); null: they may be. */
  suppressedReason: string | null;
  /** How the person left the flow before this could leave (left-early.ts); null or left out: they did not. */
  left?: LeftEarly | null;
  /** Business-initiated messages of the person's own days (capDay) so far, and how many there may be. */
  cap: CapState;
  quietHours: Hours | null;
  sendingHours: Hours | null;
  /** The hours of each day of the week for chasing a debt, where this message does (collectionsWeek); null: it does not. */
  collections?: Week | null;
  /** The workspace's month: what is spent, what this message adds, what there is, and when the next month begins; null: no budget. */
  budget?: BudgetState | null;
  /** What the workspace wants of messages to which the cap, the quiet hours or the budget says no. */
  on?: Answers;
  expiresAt: number | null;
  /** The person's id: their messages' place among those that wait for the same opening, so that they keep their order. */
  spreadKey: string;
  /** A template may leave at any time; free text only within 24 hours of the person's last message. */
  kind: "template" | "free";
  lastInboundAt: number | null;
  /** Status of the language that would be sent; null: no such template or language. Not looked at for free text. */
  templateStatus: TemplateStatus | null;
  /** Until when it waits for a template that may not be sent now, as its flow wants; null: not at all. */
  holdUntil?: number | null;
  channelStatus: "connected" | "paused" | null;
  /** False: the person has neither a number nor another address on this channel. */
  hasAddress: boolean;
  missingVariables: string[];
  /** The whole message as the person would read it. */
  text: string;
};

/** In millionths of one currency. `costs` null: no price is known, and nobody guesses one. */
export type BudgetState = { spent: number; costs: number | null; most: number; currency: string; againAt: number };

/** `isSilent`: it is dropped, and the person goes on as if it had left. */
export type GateVerdict =
  | { verdict: "send" }
  | { verdict: "defer"; until: number; reason: string }
  | { verdict: "block"; reason: string; isSilent?: true };
/** `purpose` is what the message is sent as. */
export type AsSent = SendFacts & { flowPurpose: Purpose };
