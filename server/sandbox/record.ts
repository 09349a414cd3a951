import type { JsonObject } from "#flow/json.ts";
import type { Template } from "./graph/template.ts";
import type { Rendered } from "./rendered.ts";

export type { Rendered };

type MessageStatus = "accepted" | "sent" | "delivered" | "read" | "failed" | "received";

/** One message of the sandbox's ledger, in either direction. Phones are digits without +. */
export type Message = {
  wamid: string;
  direction: "outbound" | "inbound";
  phoneNumberId: string;
  waId: string;
  /** Set when it was addressed by a business-scoped id: statuses then carry no phone. */
  bsuid?: string;
  type: string;
  template?: { id: string; name: string; language: string; category: string };
  body: string | null;
  rendered?: Rendered;
  /** The type's own object as it was sent, for everything that is not a template. */
  content?: JsonObject;
  ref?: string;
  contextWamid?: string;
  isInWindow: boolean;
  /** Decided on acceptance: the code it will fail with. */
  failsWith?: number;
  at: number;
  status: MessageStatus;
};

type Behaviour = {
  /** Off: messages stay at `sent` until it is on again. */
  phone: "on" | "off";
  readReceipts: boolean;
  /** Every message to this person fails with this code. */
  fault: number | null;
  /** Multiplies the delays of `sent`, `delivered` and `read`. */
  delayFactor: number;
};

export type User = {
  waId: string;
  name: string;
  bsuid: string;
  behaviour: Behaviour;
  lastInboundAt: number | null;
  hasStoppedMarketing: boolean;
  /** Has blocked the business: nothing gets through, and nobody is told. */
  hasBlocked?: boolean;
  /** The number this person has now. */
  movedTo?: string;
};

/** Something to tell the subscriber, in the order it happened. */
export type Update = { n: number; at: number } & (
  | { kind: "status"; wamid: string; status: "sent" | "delivered" | "read" | "failed"; code?: number }
  | { kind: "inbound"; wamid: string; message: JsonObject; waId: string }
  | { kind: "event"; field: string; value: JsonObject; isTimed: boolean }
);

export type Media = {
  id: string;
  mimeType: string;
  sha256: string;
  bytes: number;
  fileName: string | null;
  at: number;
  isInbound: boolean;
};

export type Subscription = { url: string; verifyToken: string; appSecret: string };

export type Limits = { mps: number | null; pair: boolean; tier: number | null; window: "sync" | "async" };

/**
 * When statuses come after acceptance and a template's review ends after its submission, in milliseconds of the virtual
 * clock; null: it does not happen by itself; a review after 0 ms is already in the answer.
 */
export type Schedule = {
  sentMs: number | null;
  deliveredMs: number | null;
  readMs: number | null;
  reviewMs: number | null;
};

/** How webhooks misbehave, all of it allowed by Meta: told twice, told out of order, many or few in one call. */
export type Chaos = { duplicates: boolean; reorders: boolean; updatesPerCall: number };

/** One line of the ledger. Replaying all lines in order gives the same world. */
export type LedgerRecord =
  | { k: "message"; message: Message }
  | { k: "update"; update: Update; isPending: boolean }
  | { k: "acked"; ns: number[] }
  | { k: "seen"; wamid: string }
  | { k: "user"; user: User }
  | { k: "template"; template: Template }
  | { k: "template-gone"; id: string; at: number }
  | { k: "media"; media: Media }
  | { k: "media-gone"; id: string }
  | { k: "subscription"; subscription: Subscription | null }
  | { k: "clock"; offsetMs: number }
  | { k: "limits"; limits: Limits }
  | { k: "schedule"; schedule: Schedule }
  | { k: "chaos"; chaos: Chaos }
  | { k: "counters"; outboundCount: number; inboundCount: number; updateCount: number; objectCount: number }
  | { k: "cleared" }
  | { k: "closed" };
