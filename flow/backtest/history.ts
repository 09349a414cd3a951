import type { ContactChange, ContactFacts } from "../contact.ts";
import { type ConsentPurpose, type Consents, consentPurposes } from "../gate/consent.ts";
import type { JsonObject } from "../json.ts";
import type { Signal } from "../signal.ts";

/** What a person did with a message, so long after it had left. */
export type Act = { afterMs: number; signal: PersonSignal };
/** What a person can do; which visit it is about, the replay fills in. */
export type PersonSignal =
  | { kind: "reply"; text: string }
  | { kind: "button"; buttonId: string; text: string }
  | { kind: "form"; answers: JsonObject }
  | { kind: "click"; slot: string };

/** What really became of a message of the live flow. Times are milliseconds since 1970. */
export type EchoSend = {
  nodeId: string;
  /** Null: it never left. */
  sentAt: number | null;
  /** Its last status. */
  status: "sent" | "delivered" | "read" | "failed" | "unknown";
  reason: string | null;
  deliveredAt: number | null;
  readAt: number | null;
  failedAt: number | null;
  /** Oldest first. */
  acts: readonly Act[];
};

/** The live enrollment that the same event opened: what the outside world answered it. In the order in which it happened. */
export type Echo = {
  sends: readonly EchoSend[];
  webhooks: readonly { nodeId: string; afterMs: number; ok: boolean; values: JsonObject }[];
  handOffs: readonly { nodeId: string; afterMs: number }[];
  /** Other flows that steps ran. */
  runs: readonly ({ nodeId: string; afterMs: number } & Pick<
    Extract<Signal, { kind: "flow" }>,
    "outcome" | "reason"
  >)[];
};

/** One line of the consent ledger. */
export type ConsentLine = {
  at: number;
  purpose: ConsentPurpose;
  state: "granted" | "withdrawn";
  expiresAt: string | null;
  /** Short name of the words that were agreed to, where somebody was shown any. */
  wording?: string;
};

/** Something that happened to a person outside the flow: what they wrote to nobody in particular, or what another flow noted on them. */
export type Outside = { at: number } & (
  | { kind: "reply"; text: string }
  | { kind: "change"; changes: readonly ContactChange[] }
);

/** A stay in the live flow that began before the stretch that is replayed. */
export type PastStay = { key: string; enteredAt: number; endedAt: number | null };

/**
 * All that is known of a person for a replay, from its first moment to its last. Never changed: a replay keeps what moves apart, so
 * that two of them can share it.
 */
export type PersonHistory = {
  id: string;
  /** As of the moment at which the replay first hears of them. */
  facts: ContactFacts;
  /** Under whom their messages are counted: the first of those with their phone. */
  holderId: string;
  phone: string | null;
  /** ISO 3166-1, of the phone; null: not known. */
  country: string | null;
  hasAddress: boolean;
  consents: { ledger: readonly ConsentLine[]; standing: Consents };
  suppressed: { since: number; reason: string } | null;
  isListed: boolean;
  /** When they wrote or tapped, oldest first. */
  inboundAt: readonly number[];
  /** Messages of others than the replayed enrollments that used a cap, oldest first; `day` is the person's local one. */
  cappedSends: readonly { at: number; day: string }[];
  outside: readonly Outside[];
  past: readonly PastStay[];
  /** By the event that opened the live enrollment. */
  echoes: ReadonlyMap<string, Echo>;
};

/**
 * What they had agreed to at a moment. Who has no line in the ledger agreed to what stands on them: it was brought in with it. So was
 * what their first line takes away: nobody withdraws what they have not given.
 */
export function consentsAt({ ledger, standing }: PersonHistory["consents"], at: number): Consents {
  if (ledger.length === 0) return standing;
  const consents: Consents = {};
  for (const purpose of consentPurposes) {
    const mine = ledger.filter((line) => line.purpose === purpose);
    const last = mine.findLast((line) => line.at <= at);
    if (last)
      consents[purpose] = {
        state: last.state,
        at: new Date(last.at).toISOString(),
        ...(last.expiresAt !== null && { expiresAt: last.expiresAt }),
        ...(last.wording !== undefined && { wording: last.wording }),
      };
    else if (mine[0]?.state === "withdrawn") consents[purpose] = { state: "granted", at: new Date(at).toISOString() };
  }
  return consents;
}

/** The last of these moments that is not later than `now`; null: none. They are in order. */
export function lastUntil(moments: readonly number[], now: number): number | null {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle] ?? 0) <= now) low = middle + 1;
    else high = middle;
  }
  return moments[low - 1] ?? null;
}

/** A person's signal as the core hears it. A click always says which visit it is about. */
export function heardAs(signal: PersonSignal, visit: number): Signal {
  return { ...signal, visit };
}
