import { localClock } from "../local-time.ts";
import { answerNo, answersOf, capReason, isOverBudget, laterOf } from "./answer-no.ts";
import { holdsCardNumber } from "./card-number.ts";
import { type ConsentGiven, consentAt, consentFor } from "./consent.ts";
import { isCapped } from "./frequency-cap.ts";
import type { AsSent, GateVerdict, SendFacts } from "./send-facts.ts";
import { closedBy, describeHours, isInConversation, openingOf, spreadOf, usesCap } from "./send-hours.ts";
import { sentAs } from "./sent-as.ts";

/** The gate's checks, in the order people read them; of several that say no, the first one's reason is told. */
export const gateChecks = [
  "consent",
  "suppression",
  "left",
  "cap",
  "hours",
  "expiry",
  "window",
  "template",
  "channel",
  "budget",
  "content",
] as const;

/** One check as it was decided, with the value it saw: what "Why?" shows. */
export type GateCheck = {
  check: (typeof gateChecks)[number];
  verdict: "pass" | "defer" | "block";
  /** The actual value ("withdrawn", "3", "22:41 Africa/Dakar"). Never a phone number or a name. */
  seen: string;
  needed: string;
};

export type GateDecision = GateVerdict & { checks: GateCheck[] };

/** The reason of what waits for its template: it goes on when that may be sent again, which may be long before `until`. */
export const templateHeld = "template-held";

const windowMs = 24 * 3_600_000;
const channelRetryMs = 5 * 60_000;

/**
 * Decides about one message just before it leaves. Pure; every check is made and reported, also after a first no. A reason is
 * a key under `reasons.`. The cap is only read here: the host consumes it by an atomic upsert when the verdict is "send", and
 * turns a lost race into the same block.
 */
export function decideSend(facts: SendFacts): GateDecision {
  const asSent = { ...facts, purpose: sentAs(facts.purpose, facts.category), flowPurpose: facts.purpose };
  const decided = gateChecks.map((check) => ({ check, ...judges[check](asSent) }));
  const checks = decided.map(({ check, verdict, seen, needed }) => ({ check, verdict: verdict.verdict, seen, needed }));
  const verdicts = decided.map((one) => one.verdict);
  const block = verdicts.find((one) => one.verdict === "block");
  if (block) return { ...block, checks };
  const [longest] = verdicts.filter((one) => one.verdict === "defer").sort((a, b) => b.until - a.until);
  return longest ? { ...longest, checks } : { verdict: "send", checks };
}

type Judgement = {
  verdict: { verdict: "pass" } | Exclude<GateVerdict, { verdict: "send" }>;
  seen: string;
  needed: string;
};

const pass = { verdict: "pass" } as const;
const blockFor = (reason: string) => ({ verdict: "block", reason }) as const;

const judges: Record<(typeof gateChecks)[number], (facts: AsSent) => Judgement> = {
  // A template that was moved to marketing needs that consent on top: nobody hears more because of it.
  consent: ({ consents, consentExempt = [], purpose, flowPurpose, now }) => {
    const classes = [...new Set([flowPurpose, purpose])];
    // What needs none still ends by the person's own word about it; their word about service says nothing about it.
    const exempt = classes.filter((each) => consentExempt.includes(each));
    const asked = classes.filter((each) => !exempt.includes(each)).map((each) => consentFor(each, consents));
    const needed = [...new Set([...exempt, ...asked])];
    const missing = needed
      .map((each) => ({ each, state: consentAt(consents[each], now) }))
      .map(({ each, state }) => (state === "withdrawn" || asked.includes(each) ? state : "granted"))
      .find((state) => state !== "granted");
    return {
      verdict: missing ? withoutConsent[missing] : pass,
      seen: needed.map((each) => describeConsent(consents[each], now)).join(", "),
      needed: needed.map((each) => (asked.includes(each) ? each : "exempt")).join(", "),
    };
  },
  suppression: ({ suppressedReason, hasAddress }) => {
    if (!hasAddress) return { verdict: blockFor("no-phone"), seen: "no address", needed: "address" };
    if (suppressedReason === null) return { verdict: pass, seen: "none", needed: "none" };
    const isKnown = ["opt-out", "undeliverable", "blocked", "listed"].includes(suppressedReason);
    return { verdict: blockFor(isKnown ? suppressedReason : "suppressed"), seen: suppressedReason, needed: "none" };
  },
  // What is owed to somebody whatever they did since leaves all the same; only a person's own word stops that too.
  left: ({ left = null, purpose }) => {
    const isFinal = left === "stopped";
    const seen = left ?? "none";
    if (!isFinal && !isCapped(purpose)) return { verdict: pass, seen, needed: "exempt" };
    return { verdict: left ? blockFor(left) : pass, seen, needed: "none" };
  },
  cap: (facts) => {
    const { cap } = facts;
    const { rolling } = cap;
    const parts = [
      String(cap.used),
      ...(rolling ? [`${rolling.used} in ${rolling.days} d`] : []),
      ...(cap.kept ? [`+ ${cap.kept} kept`] : []),
    ];
    const seen = parts.join(", ");
    if (!usesCap(facts)) return { verdict: pass, seen, needed: "exempt" };
    const needed = `< ${cap.perDay}${rolling ? `, < ${rolling.most} in ${rolling.days} d` : ""}`;
    const reason = capReason(cap);
    return { verdict: reason ? answerNo(facts, "cap", reason) : pass, seen, needed };
  },
  hours: (facts) => {
    const { now, zone } = facts;
    const opening = openingOf(facts);
    const needed = describeHours(facts);
    const seen = `${localClock(now, zone).time} ${zone}${isInConversation(facts) ? ", in conversation" : ""}`;
    if (opening === null) return { verdict: blockFor("never-open"), seen, needed };
    if (opening === now) return { verdict: pass, seen, needed };
    const reason = closedBy(facts);
    const isDropped = answersOf(facts).quietHours !== "later";
    if (isDropped && reason === "quiet-hours")
      return { verdict: answerNo(facts, "quietHours", "quiet-hours-dropped"), seen, needed };
    const { delayMs, overMs } = spreadOf(facts, opening);
    return {
      verdict: { verdict: "defer", until: opening + delayMs, reason },
      seen,
      needed: overMs === 0 ? needed : `${needed}, spread ${minutes(delayMs)} / ${minutes(overMs)} min`,
    };
  },
  expiry: (facts) => {
    const { now, expiresAt } = facts;
    if (expiresAt === null) return { verdict: pass, seen: "", needed: "" };
    // What would only leave after its time is dropped at once, not tomorrow morning.
    // The spread fits itself into the time that is left, so the opening alone counts.
    const leavesAt = Math.max(openingOf(facts) ?? now, ...laterOf(facts));
    const iso = (moment: number) => new Date(moment).toISOString();
    return {
      verdict: leavesAt >= expiresAt ? blockFor("expired") : pass,
      seen: iso(leavesAt),
      needed: `< ${iso(expiresAt)}`,
    };
  },
  window: ({ kind, lastInboundAt, now }) => {
    if (kind === "template") return { verdict: pass, seen: "template", needed: "any" };
    const isOpen = lastInboundAt !== null && now < lastInboundAt + windowMs;
    const seen = lastInboundAt === null ? "never wrote" : new Date(lastInboundAt).toISOString();
    return { verdict: isOpen ? pass : blockFor("window-closed"), seen, needed: "< 24 h" };
  },
  template: ({ kind, templateStatus, holdUntil = null, now }) => {
    if (kind === "free" || templateStatus === "approved")
      return { verdict: pass, seen: templateStatus ?? kind, needed: "approved" };
    if (templateStatus === null) return { verdict: blockFor("unknown-template"), seen: "none", needed: "approved" };
    const isHalted = templateStatus === "paused" || templateStatus === "disabled";
    const reason = isHalted ? "template-paused" : "template-not-approved";
    const isHeld = holdUntil !== null && now < holdUntil;
    const verdict = isHeld ? ({ verdict: "defer", until: holdUntil, reason: templateHeld } as const) : blockFor(reason);
    return { verdict, seen: templateStatus, needed: "approved" };
  },
  channel: ({ channelStatus, now }) => {
    if (channelStatus === null) return { verdict: blockFor("no-channel"), seen: "none", needed: "connected" };
    const isUp = channelStatus === "connected";
    return {
      verdict: isUp ? pass : { verdict: "defer", until: now + channelRetryMs, reason: "channel-paused" },
      seen: channelStatus,
      needed: "connected",
    };
  },
  // An alert leaves whatever it costs; it is counted all the same.
  budget: (facts) => {
    const { budget, purpose } = facts;
    if (!budget) return { verdict: pass, seen: "", needed: "" };
    const money = (micros: number) => `${(micros / 1_000_000).toFixed(4)} ${budget.currency}`;
    const costs = budget.costs === null ? "price unknown" : `+ ${money(budget.costs)}`;
    const seen = `${money(budget.spent)}, ${costs}`;
    if (!isCapped(purpose)) return { verdict: pass, seen, needed: "exempt" };
    const needed = `<= ${money(budget.most)}`;
    return { verdict: isOverBudget(budget) ? answerNo(facts, "budget", "budget") : pass, seen, needed };
  },
  content: ({ missingVariables, text }) => {
    if (missingVariables.length > 0)
      return { verdict: blockFor("missing-variable"), seen: missingVariables.join(", "), needed: "all values" };
    const isSensitive = holdsCardNumber(text);
    const seen = isSensitive ? "card number" : "";
    return { verdict: isSensitive ? blockFor("sensitive-content") : pass, seen, needed: "no card number" };
  },
};

const describeConsent = (consent: ConsentGiven | undefined, now: number): string => {
  const state = consentAt(consent, now);
  if (!consent || state === "none") return "none";
  return `${state} ${(state === "expired" ? (consent.expiresAt ?? "") : consent.at).slice(0, 10)}`;
};

const withoutConsent = {
  none: blockFor("no-consent"),
  withdrawn: blockFor("consent-withdrawn"),
  expired: blockFor("consent-expired"),
};

const minutes = (ms: number): number => Math.round(ms / 60_000);
