import type { JsonObject } from "#flow/json.ts";
import type { AccountRecord } from "./account/account-record.ts";
import type { Template } from "./graph/template.ts";
import type { Price } from "./price.ts";
import type { Rendered } from "./rendered.ts";

export type { Rendered };

type MessageStatus = "accepted" | "sent" | "delivered" | "read" | "played" | "failed" | "received";

/** One message of the sandbox's ledger, in either direction. Phones are digits without +. */
export type Message = {
  wamid: string;
  direction: "outbound" | "inbound";
  phoneNumberId: string;
  waId: string;
  /** Set when it was addressed by a business-scoped id: statuses then carry no phone. */
  bsuid?: string;
  type: string;
  template?: { id: string; name: string; language: string; category: Template["category"] };
  body: string | null;
  rendered?: Rendered;
  /** The type's own object as it was sent, for everything that is not a template. */
  content?: JsonObject;
  ref?: string;
  contextWamid?: string;
  isInWindow: boolean;
  /** Decided on acceptance: the code it will fail with. */
  failsWith?: number;
  /** Of outbound messages: what it costs once it is delivered. */
  price?: Price;
  /** The free entry point it belongs to ends then (section 12): opened by our first answer to a click on an ad. */
  freeEntryUntil?: number;
  at: number;
  status: MessageStatus;
  /** How often each of its links was tapped, by the button's label. */
  linkTaps?: Record<string, number>;
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
  /** Somebody with a username: webhooks name them by `bsuid` only (section 7). */
  hidesPhone?: boolean;
  username?: string;
  parentBsuid?: string;
  /** What a send's recipient_identity_key_hash must be, when it brings one. */
  identityHash?: string;
  /** When they last came by an ad that has not been answered yet. */
  adAt?: number;
  freeEntryUntil?: number;
  /** When marketing was last accepted for them, over the last 24 hours. */
  marketingAt?: number[];
};

export type StatusName = "sent" | "delivered" | "read" | "played" | "failed";

/** Something to tell the subscriber, in the order it happened. */
export type Update = { n: number; at: number } & (
  | { kind: "status"; wamid: string; status: StatusName; code?: number; isFirstArrival?: boolean }
  | { kind: "inbound"; wamid: string; message: JsonObject; waId: string }
  | { kind: "event"; field: string; value: JsonObject; isTimed: boolean }
);

/** An update that has no number yet. */
export type NewUpdate = Update extends infer Each ? (Each extends Update ? Omit<Each, "n"> : never) : never;

export type Media = {
  id: string;
  mimeType: string;
  sha256: string;
  bytes: number;
  fileName: string | null;
  at: number;
  isInbound: boolean;
};

export type Subscription = {
  url: string;
  verifyToken: string;
  appSecret: string;
  /** The Graph version webhooks are told in; 25 unless given. */
  version?: number;
};

/** What the control plane has switched on of Meta's rules; the first four are section 12's. */
export type Limits = {
  mps: number | null;
  pair: boolean;
  tier: number | null;
  /** How a free-form send outside the window is refused. */
  window: "sync" | "async";
  /** Marketing templates per person and 24 hours; more fail with 131049. */
  marketingPerUser: number | null;
  /** Marketing to +1 numbers fails with 131049, as at Meta since April 2025. */
  isUsMarketingPaused: boolean;
  /** A test number's recipients; others are refused with 131030. */
  allowed: string[] | null;
  /** Media links are really fetched; those that do not lead to the right bytes fail with 131053. */
  fetchesLinks: boolean;
  /** Free service messages per number and month; null: what the rate card says. */
  freeService: number | null;
  /** Without a card what is not free fails with 131042. */
  hasCard: boolean;
  /** Without the payments terms a bill is refused with 134011. */
  hasPaymentsTerms: boolean;
  /** Marketing by the Marketing Messages API only; by Cloud API it is refused with 131063. */
  isMarketingApiOnly: boolean;
  /** "meta": a phone without + gets the business number's calling code, and Brazil's and Mexico's wa_id differ from the phone. */
  addressing: "plain" | "meta";
  /** Names of templates under pacing: held for quality assessment until the name is taken off. */
  paced: string[];
};

/**
 * When statuses come after acceptance and a template's review ends after its submission, in milliseconds of the virtual
 * clock; null: it does not happen by itself; a review after 0 ms is already in the answer.
 */
export type Schedule = {
  sentMs: number | null;
  deliveredMs: number | null;
  readMs: number | null;
  /** Of voice messages only. */
  playedMs: number | null;
  reviewMs: number | null;
};

/** How much of something is hit: all (true), none, or a share from 0 to 1. */
export type Share = boolean | number;

/**
 * How webhooks misbehave, all of it allowed by Meta: told twice, told out of order, `read` without `delivered` before it, many or
 * few in one call. Shares are of updates (`duplicates`) and of calls (`reorders`).
 */
export type Chaos = { duplicates: Share; reorders: Share; skipsDelivered: boolean; updatesPerCall: number };

/** A delay that differs from message to message: half take longer than `medianMs`; `spread` is the deviation of its logarithm. */
export type Delay = { medianMs: number; spread: number };

/**
 * What phones nobody has set up are like, as shares: which template fails to reach them (131026; who has just written is reachable),
 * whose owner hides read receipts, which message is never opened; and how long the rest takes. Null: as the schedule says.
 */
export type Crowd = {
  unreachable: number;
  hidesReads: number;
  unread: number;
  delivered: Delay | null;
  read: Delay | null;
};

/** One line of the ledger. Replaying all lines in order gives the same world. */
export type LedgerRecord =
  | { k: "message"; message: Message }
  | { k: "update"; update: Update; isPending: boolean }
  | { k: "acked"; ns: number[] }
  | { k: "seen"; wamid: string }
  | { k: "link-tap"; wamid: string; label: string }
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
  | { k: "crowd"; crowd: Crowd }
  | { k: "counters"; outboundCount: number; inboundCount: number; updateCount: number; objectCount: number }
  | AccountRecord
  | { k: "cleared" }
  | { k: "closed" };
