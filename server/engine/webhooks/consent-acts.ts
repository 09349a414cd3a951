import type { ConsentState } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import { wordingKey } from "#server/wording-key.ts";
import type { Sender } from "./sender-book.ts";

/** What somebody agreed to, in the words that were before them. */
export type Grant = { purpose: Purpose; wording: string | null; expiresAt: Date | null };

/**
 * What a person said about being written to: a word in the chat, a switch in WhatsApp itself (marketing only), or an opt-in with the
 * purposes it grants (`grants`): on a page of their own, on a form whose code they wrote, or elsewhere, as the bank's system tells.
 */
export type ConsentAct = {
  contactId: string;
  sender: Sender;
  source: "keyword" | "provider" | "page" | "form" | "api";
  act: "stop" | "start";
  wording: string | null;
  at: Date;
  proof: Record<string, unknown>;
  grants?: readonly Grant[];
};

/** What a contact says about being written to. */
export type Consents = {
  consents: ConsentState;
  suppressedAt: string | null;
  suppressedReason: string | null;
};

type Purpose = keyof ConsentState;

/** A row for the ledger. `isAgain`: what was withdrawn holds again, by the words that were agreed to then. */
export type ConsentRow = {
  purpose: Purpose;
  state: "granted" | "withdrawn";
  wording: string | null;
  expiresAt: string | null;
  isAgain: boolean;
};

export type Applied = { after: Consents; ledger: ConsentRow[]; liftsStop: boolean };

/**
 * STOP by keyword ends every message: it suppresses the person and withdraws what was granted. START takes back what the same
 * source had withdrawn, up to the end it had, and nothing that was never given. An opt-in grants its purposes to the contact it names
 * and lifts a STOP for whoever has the number; other purposes stay withdrawn. Pure; queued messages need no change: the gate reads the
 * contact when they leave.
 */
export function applyConsentAct(before: Consents, act: ConsentAct, { isNamed = true } = {}): Applied {
  const { consents, ledger } = act.grants ? grant(before, act, isNamed) : switchAll(before, act);
  const suppression = suppressionAfter(before, act);
  const liftsStop = before.suppressedReason === "opt-out" && suppression.suppressedReason === null;
  return { after: { consents, ...suppression }, ledger, liftsStop };
}

type Changed = Pick<Applied, "ledger"> & { consents: ConsentState };

function switchAll(before: Consents, { source, act, at, wording }: ConsentAct): Changed {
  const state = act === "stop" ? "withdrawn" : "granted";
  const isAgain = act === "start";
  const consents: ConsentState = { ...before.consents };
  const ledger: ConsentRow[] = [];
  for (const purpose of purposesOf(source)) {
    const known = before.consents[purpose];
    if (!known || !isChanged(known, { source, act })) continue;
    // Kept through a STOP: a START does not make a consent longer than it was given for.
    const expiresAt = known.expiresAt ?? null;
    // Nor does it agree to other words than those of then.
    const { wording: key } = known;
    consents[purpose] = {
      ...{ state, at: at.toISOString(), source },
      ...(expiresAt && { expiresAt }),
      ...(key && { wording: key }),
    };
    ledger.push({ purpose, state, wording, expiresAt: isAgain ? expiresAt : null, isAgain });
  }
  return { consents, ledger };
}

/** Older news never undoes newer. */
function grant(before: Consents, { source, at, grants = [] }: ConsentAct, isNamed: boolean): Changed {
  const consents: ConsentState = { ...before.consents };
  const ledger: ConsentRow[] = [];
  for (const { purpose, wording, expiresAt } of isNamed ? grants : []) {
    const known = before.consents[purpose];
    if (known && Date.parse(known.at) > at.getTime()) continue;
    const end = expiresAt?.toISOString() ?? null;
    consents[purpose] = {
      ...{ state: "granted", at: at.toISOString(), source },
      ...(end && { expiresAt: end }),
      ...(wording && { wording: wordingKey(wording) }),
    };
    ledger.push({ purpose, state: "granted", wording, expiresAt: end, isAgain: false });
  }
  return { consents, ledger };
}

/** Only what a person's own words did is undone by their own words: a block by the bank stays. */
function suppressionAfter(
  { suppressedAt, suppressedReason }: Consents,
  { source, act, at, grants }: ConsentAct,
): Pick<Consents, "suppressedAt" | "suppressedReason"> {
  const unchanged = { suppressedAt, suppressedReason };
  const isTheirs = suppressedReason === null || suppressedReason === "opt-out";
  if (source === "provider" || !isTheirs) return unchanged;
  if (act === "stop") return { suppressedAt: suppressedAt ?? at.toISOString(), suppressedReason: "opt-out" };
  const isNewer = suppressedAt === null || Date.parse(suppressedAt) <= at.getTime();
  return grants && (grants.length === 0 || !isNewer) ? unchanged : { suppressedAt: null, suppressedReason: null };
}

const purposesOf = (source: ConsentAct["source"]): Purpose[] =>
  source === "provider" ? ["marketing"] : [...consentPurposes];

const isChanged = (
  now: NonNullable<ConsentState[Purpose]>,
  { source, act }: Pick<ConsentAct, "source" | "act">,
): boolean => (act === "stop" ? now.state === "granted" : now.state === "withdrawn" && now.source === source);
