import type { Effect } from "../effect.ts";
import { alwaysApproved } from "../free-message.ts";
import { budgetMonth, nextMonthAt } from "../gate/budget.ts";
import { collectionsWeek } from "../gate/collections-hours.ts";
import type { ConsentRules } from "../gate/consent.ts";
import { withEnds } from "../gate/consent.ts";
import { decideSend, type GateDecision } from "../gate/decide-send.ts";
import { capDay, capState } from "../gate/frequency-cap.ts";
import { leftEarly } from "../gate/left-early.ts";
import type { SendPolicy } from "../gate/policy.ts";
import type { BudgetState, SendFacts } from "../gate/send-facts.ts";
import { usesCap } from "../gate/send-hours.ts";
import { pickLanguage } from "../pick-language.ts";
import { renderFree } from "../render-free.ts";
import { type Rendering, renderMessage } from "../render-message.ts";
import { openStatuses, type TemplateInfo, type TemplateStatus } from "../template.ts";
import { consentsAt, type EchoSend, lastUntil } from "./history.ts";
import type { ReplayPerson, ReplayRun } from "./replay-run.ts";

/** A workspace's rules for what leaves, as the gate takes them. */
export type ReplayRules = Pick<
  SendPolicy,
  "capPerDay" | "rollingCap" | "quietHours" | "collections" | "budget" | "on"
> & { consent: ConsentRules };

/** A message that waits at the gate. Times are milliseconds since 1970. */
export type ReplayMessage = {
  run: ReplayRun;
  effect: Extract<Effect, { kind: "send" }>;
  template: TemplateInfo | undefined;
  /** What really became of it. */
  echo: EchoSend | undefined;
  askedAt: number;
  /** How often the gate was asked. */
  rounds: number;
  /** Why it had to wait for the first time. */
  waitedFor: string | null;
  heldUntil: number | null;
};

/** What the gate of a replay has to know beside the message. */
export type GateSurroundings = {
  rules: ReplayRules;
  zone: string;
  language: string;
  /** A template that nobody has approved yet counts as approved: a draft is tried before its messages are submitted. */
  assumesApproval: boolean;
  /** What has left by local day, of the replayed flow, by holder. */
  used: ReadonlyMap<string, Record<string, number>>;
  /** Spent of the budget by month, of everybody. */
  spent: Readonly<Record<string, number>>;
};

/** Asks the live gate about a message, with everything as it was at that moment. */
export function askGate(
  message: ReplayMessage,
  at: number,
  around: GateSurroundings,
  costs: Costs,
): GateDecision & { isCounted: boolean } {
  const { run, effect, template } = message;
  const { person } = run;
  const { history, facts } = person;
  const { rules } = around;
  const { rendered, status } = write(message, [facts.locale, around.language]);
  const zone = facts.timezone ?? around.zone;
  const { exempt, ...ends } = rules.consent;
  const asked: SendFacts = {
    now: at,
    purpose: effect.purpose,
    category: template?.category ?? null,
    zone,
    consents: withEnds(consentsAt(history.consents, at), ends),
    consentExempt: exempt,
    suppressedReason: suppressionAt(person, at),
    left: leftEarly(run.state, message.askedAt),
    cap: capState(
      usedBy(person, at, around.used),
      { perDay: rules.capPerDay, rolling: rules.rollingCap },
      capDay(at, zone),
    ),
    quietHours: rules.quietHours,
    sendingHours: effect.sendingHours,
    collections: effect.collects ? collectionsWeek(rules.collections, history.country, at, zone) : null,
    budget: budgetAt(at, around, costs),
    on: rules.on,
    expiresAt: effect.dropAfterMinutes === null ? null : message.askedAt + effect.dropAfterMinutes * 60_000,
    spreadKey: history.id,
    kind: effect.template === null ? "free" : "template",
    lastInboundAt: lastInboundOf(person, at),
    templateStatus: statusOf(status, around.assumesApproval),
    holdUntil: holdUntil(message, at),
    channelStatus: "connected",
    hasAddress: history.hasAddress,
    missingVariables: rendered?.missing ?? [],
    text: rendered?.text ?? "",
  };
  return { ...decideSend(asked), isCounted: usesCap(asked) };
}

/** What the person would read, in the language that is nearest to theirs: the template's, or what the step says itself. */
function write(
  { effect, template }: ReplayMessage,
  wishes: [locale: string | null, language: string],
): { rendered: Rendering | null; status: TemplateStatus | null } {
  if (effect.template === null) {
    const said = pickLanguage(alwaysApproved(effect.free ?? []), ...wishes);
    return { rendered: said && renderFree(said, effect.values, linksOf(effect)), status: null };
  }
  const language = template ? pickLanguage(template, ...wishes) : null;
  const rendered = language && renderMessage(language, effect.values, linksOf(effect));
  return { rendered, status: language?.status ?? null };
}

/** When they last wrote or tapped: really, or in the replay. */
export function lastInboundOf({ history, actedAt }: ReplayPerson, at: number): number | null {
  const really = lastUntil(history.inboundAt, at);
  return really === null || (actedAt !== null && actedAt > really) ? actedAt : really;
}

/** A price in the currency in which it is known; null: no price is known. */
export type Costs = { amountMicros: number; currency: string } | null;

/** No code is made in a replay: the address only stands where a link would be. */
const linksOf = ({ links }: ReplayMessage["effect"]): Record<string, string> => {
  const made: Record<string, string> = {};
  for (const variable in links) made[variable] = `#${variable}`;
  return made;
};

function suppressionAt({ history }: ReplayPerson, at: number): string | null {
  const { suppressed, isListed } = history;
  if (suppressed && suppressed.since <= at) return suppressed.reason;
  return isListed ? "listed" : null;
}

/** Messages that used a day of theirs: what really left of other flows, and what leaves in the replay. */
function usedBy({ history }: ReplayPerson, at: number, used: GateSurroundings["used"]): Record<string, number> {
  const own = used.get(history.holderId) ?? none;
  if (history.cappedSends.length === 0) return own;
  const sum = { ...own };
  for (const { at: sentAt, day } of history.cappedSends) {
    if (sentAt > at) break;
    sum[day] = (sum[day] ?? 0) + 1;
  }
  return sum;
}

const none: Record<string, number> = {};

function budgetAt(at: number, { rules: { budget }, zone, spent }: GateSurroundings, costs: Costs): BudgetState | null {
  if (!budget) return null;
  const month = budgetMonth(at, zone);
  const { micros: most, currency } = budget;
  const known = costs !== null && costs.amountMicros > 0 && costs.currency === currency ? costs.amountMicros : null;
  return { spent: spent[month] ?? 0, costs: known, most, currency, againAt: nextMonthAt(month, zone) };
}

const statusOf = (status: TemplateStatus | null, assumesApproval: boolean): TemplateStatus | null =>
  assumesApproval &&
  status !== null &&
  status !== "rejected" &&
  (status === "submitted" || openStatuses.includes(status))
    ? "approved"
    : status;

/** Counted from when it first had to wait; what has waited so long, waits no longer. */
function holdUntil({ heldUntil, effect }: ReplayMessage, at: number): number | null {
  if (heldUntil !== null) return heldUntil;
  return effect.templateHoldHours ? at + effect.templateHoldHours * 3_600_000 : null;
}
