import type { Purpose } from "../graph.ts";
import { localClock, localMoment } from "../local-time.ts";
import type { TemplateCategory, TemplateStatus } from "../template.ts";
import { holdsCardNumber } from "./card-number.ts";
import { type ConsentGiven, type ConsentPurpose, type Consents, consentAt, consentFor } from "./consent.ts";
import { type CapState, isCapped } from "./frequency-cap.ts";
import { type AnswerToNo, type Answers, usualAnswers } from "./policy.ts";
import { type Hours, nextClosing, nextOpening, type OpeningHours, type Week } from "./quiet-hours.ts";
import { sentAs } from "./sent-as.ts";
import { spreadAfter } from "./spread.ts";

export type { ConsentPurpose };

/** The gate's checks, in the order people read them; of several that say no, the first one's reason is told. */
export const gateChecks = [
  "consent",
  "suppression",
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
  /** Why the person is never written to ("opt-out", "undeliverable", "blocked"); null: they may be. */
  suppressedReason: string | null;
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
export type GateDecision = GateVerdict & { checks: GateCheck[] };

const windowMs = 24 * 3_600_000;
const channelRetryMs = 5 * 60_000;
/** So long after a person wrote or tapped they count as awake and in conversation. */
const conversationMs = 15 * 60_000;

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

/** `purpose` is what the message is sent as. */
type AsSent = SendFacts & { flowPurpose: Purpose };

const judges: Record<(typeof gateChecks)[number], (facts: AsSent) => Judgement> = {
  // A template that was moved to marketing needs that consent on top: nobody hears more because of it.
  consent: ({ consents, purpose, flowPurpose, now }) => {
    const needed = [...new Set([flowPurpose, purpose].map((each) => consentFor(each, consents)))];
    const seen = needed.map((each) => describeConsent(consents[each], now)).join(", ");
    const missing = needed.map((each) => consentAt(consents[each], now)).find((state) => state !== "granted");
    return { verdict: missing ? blockFor(consentReasons[missing]) : pass, seen, needed: needed.join(", ") };
  },
  suppression: ({ suppressedReason, hasAddress }) => {
    if (!hasAddress) return { verdict: blockFor("no-phone"), seen: "no address", needed: "address" };
    if (suppressedReason === null) return { verdict: pass, seen: "none", needed: "none" };
    const isKnown = ["opt-out", "undeliverable", "blocked", "listed"].includes(suppressedReason);
    return { verdict: blockFor(isKnown ? suppressedReason : "suppressed"), seen: suppressedReason, needed: "none" };
  },
  cap: (facts) => {
    const { cap, purpose } = facts;
    const { rolling } = cap;
    const seen = rolling ? `${cap.used}, ${rolling.used} in ${rolling.days} d` : String(cap.used);
    if (!isCapped(purpose)) return { verdict: pass, seen, needed: "exempt" };
    const needed = `< ${cap.perDay}${rolling ? `, < ${rolling.most} in ${rolling.days} d` : ""}`;
    const reason = capReason(cap);
    return { verdict: reason ? answer(facts, "cap", reason) : pass, seen, needed };
  },
  hours: (facts) => {
    const { now, zone } = facts;
    const opening = openingOf(facts);
    const needed = describeHours(facts);
    const seen = `${localClock(now, zone).time} ${zone}${isInConversation(facts) ? ", in conversation" : ""}`;
    if (opening === null) return { verdict: blockFor("never-open"), seen, needed };
    if (opening === now) return { verdict: pass, seen, needed };
    const reason = closedBy(facts);
    if (reason === "quiet-hours" && answersOf(facts).quietHours !== "later")
      return { verdict: answer(facts, "quietHours", "quiet-hours-dropped"), seen, needed };
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
  template: ({ kind, templateStatus }) => {
    if (kind === "free" || templateStatus === "approved")
      return { verdict: pass, seen: templateStatus ?? kind, needed: "approved" };
    if (templateStatus === null) return { verdict: blockFor("unknown-template"), seen: "none", needed: "approved" };
    const isHalted = templateStatus === "paused" || templateStatus === "disabled";
    const reason = isHalted ? "template-paused" : "template-not-approved";
    return { verdict: blockFor(reason), seen: templateStatus, needed: "approved" };
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
    return { verdict: isOverBudget(budget) ? answer(facts, "budget", "budget") : pass, seen, needed };
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

const consentReasons = { none: "no-consent", withdrawn: "consent-withdrawn", expired: "consent-expired" } as const;

const answersOf = ({ on }: SendFacts): Answers => on ?? usualAnswers;

/** A rule's no, as the workspace wants it answered. What can never leave is not kept for later. */
function answer(facts: AsSent, rule: keyof Answers, reason: string): Judgement["verdict"] {
  const wish: AnswerToNo = answersOf(facts)[rule];
  if (wish === "drop") return { verdict: "block", reason, isSilent: true };
  const until = wish === "later" ? leavesAfter(facts, rule) : null;
  return until === null ? blockFor(reason) : { verdict: "defer", until, reason: `${reason}-later` };
}

function capReason({ used, perDay, rolling }: CapState): string | null {
  if (used >= perDay) return "frequency-cap";
  return rolling && rolling.used >= rolling.most ? "rolling-cap" : null;
}

const isOverBudget = ({ spent, costs, most }: BudgetState): boolean => (costs ?? 0) > 0 && spent + (costs ?? 0) > most;

/** When a message leaves that waits for another day or month: at the first opening then, in its place among all that wait for it. */
function leavesAfter(facts: AsSent, rule: keyof Answers): number | null {
  const { cap, budget, zone } = facts;
  const begins = rule === "budget" ? budget?.againAt : cap.freeOn && localMoment(cap.freeOn, "00:00", zone);
  const then = begins && { ...facts, now: begins };
  const opening = then ? openingOf(then) : null;
  return then && opening !== null ? opening + spreadOf(then, opening).delayMs : null;
}

/** The moments that its cap and its budget make a message wait for. */
function laterOf(facts: AsSent): number[] {
  const { cap, budget, purpose } = facts;
  if (!isCapped(purpose)) return [];
  const on = answersOf(facts);
  const waits = [
    on.cap === "later" && capReason(cap) ? leavesAfter(facts, "cap") : null,
    on.budget === "later" && budget && isOverBudget(budget) ? leavesAfter(facts, "budget") : null,
  ];
  return waits.filter((moment) => moment !== null);
}

/** Which hours are closed now: the first that are, in the order people think of them. */
function closedBy(facts: AsSent): "quiet-hours" | "sending-hours" | "collections-hours" {
  const without = { ...facts, collections: null };
  if (openingOf({ ...without, sendingHours: null }) !== facts.now) return "quiet-hours";
  return openingOf(without) === facts.now ? "collections-hours" : "sending-hours";
}

/** Quiet hours are for what can wait; the flow's own sending hours hold for whatever it sends. */
const openingOf = (facts: SendFacts): number | null => nextOpening(hoursOf(facts), facts.zone, facts.now);

const hoursOf = (facts: SendFacts): OpeningHours => ({
  quiet: quietFor(facts),
  sending: facts.sendingHours,
  week: facts.collections,
});

/** What is urgent enough to be free of the cap leaves at the opening itself. */
function spreadOf(facts: SendFacts, opening: number): { delayMs: number; overMs: number } {
  if (!isCapped(facts.purpose)) return { delayMs: 0, overMs: 0 };
  const closesAt = nextClosing(hoursOf(facts), facts.zone, opening);
  return spreadAfter(opening, { key: facts.spreadKey, closesAt, expiresAt: facts.expiresAt });
}

const minutes = (ms: number): number => Math.round(ms / 60_000);

/** The quiet hours that hold for this message: none for alerts, and none for the service a person is asking for right now. */
const quietFor = (facts: SendFacts): Hours | null =>
  isCapped(facts.purpose) && !isInConversation(facts) ? facts.quietHours : null;

/** Marketing never is: a person who asks about their card at night has not asked for offers. */
const isInConversation = ({ purpose, lastInboundAt, now }: SendFacts): boolean =>
  purpose === "service" && lastInboundAt !== null && now < lastInboundAt + conversationMs;

function describeHours(facts: SendFacts): string {
  const { sendingHours, collections, now, zone } = facts;
  const quietHours = quietFor(facts);
  const today = collections?.[(new Date(localClock(now, zone).day).getUTCDay() + 6) % 7];
  const quiet = quietHours && quietHours.from !== quietHours.to;
  const parts = [
    ...(quiet ? [`not ${quietHours.from}-${quietHours.to}`] : []),
    ...(sendingHours ? [`${sendingHours.from}-${sendingHours.to}`] : []),
    ...(collections ? [`collections ${today ? `${today.from}-${today.to}` : "none"}`] : []),
  ];
  return parts.join(", ") || "any";
}
