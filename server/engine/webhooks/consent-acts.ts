import type { ConsentState } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import type { Sender } from "./sender-book.ts";

/** Whose act it was: a word in the chat, or a switch in WhatsApp itself (marketing only). */
export type ConsentAct = {
  contactId: string;
  sender: Sender;
  source: "keyword" | "provider";
  act: "stop" | "start";
  wording: string | null;
  at: Date;
  proof: Record<string, string>;
};

/** What a contact says about being written to. */
export type Consents = {
  consents: ConsentState;
  suppressedAt: string | null;
  suppressedReason: string | null;
};

type Purpose = keyof ConsentState;

/** A row for the ledger. */
export type ConsentRow = { purpose: Purpose; state: "granted" | "withdrawn" };

/**
 * STOP by keyword ends every message: it suppresses the person and withdraws what was granted. START takes back what the same
 * source had withdrawn, and nothing that was never given. Pure; queued messages need no change: the gate reads the contact
 * when they leave.
 */
export function applyConsentAct(
  before: Consents,
  { source, act, at }: ConsentAct,
): { after: Consents; ledger: ConsentRow[] } {
  const state = act === "stop" ? "withdrawn" : "granted";
  const changed = purposesOf(source).filter((purpose) => isChanged(before.consents[purpose], { source, act }));
  const consents: ConsentState = { ...before.consents };
  for (const purpose of changed) consents[purpose] = { state, at: at.toISOString(), source };
  return {
    after: { consents, ...suppressionAfter(before, { source, act, at }) },
    ledger: changed.map((purpose) => ({ purpose, state })),
  };
}

/** Only what a person's own words did is undone by their own words: a block by the bank stays. */
function suppressionAfter(
  { suppressedAt, suppressedReason }: Consents,
  { source, act, at }: Pick<ConsentAct, "source" | "act" | "at">,
): Pick<Consents, "suppressedAt" | "suppressedReason"> {
  const isTheirs = suppressedReason === null || suppressedReason === "opt-out";
  if (source !== "keyword" || !isTheirs) return { suppressedAt, suppressedReason };
  if (act === "start") return { suppressedAt: null, suppressedReason: null };
  return { suppressedAt: suppressedAt ?? at.toISOString(), suppressedReason: "opt-out" };
}

const purposesOf = (source: ConsentAct["source"]): Purpose[] =>
  source === "provider" ? ["marketing"] : [...consentPurposes];

function isChanged(now: ConsentState[Purpose], { source, act }: Pick<ConsentAct, "source" | "act">): boolean {
  if (!now) return false;
  return act === "stop" ? now.state === "granted" : now.state === "withdrawn" && now.source === source;
}
