import { alwaysApproved } from "#flow/free-message.ts";
import { budgetMonth, nextMonthAt } from "#flow/gate/budget.ts";
import { collectionsWeek } from "#flow/gate/collections-hours.ts";
import { withEnds } from "#flow/gate/consent.ts";
import { decideSend, type GateCheck, templateHeld } from "#flow/gate/decide-send.ts";
import { capDay, capFor, capState, isCapped } from "#flow/gate/frequency-cap.ts";
import type { BudgetState, SendFacts } from "#flow/gate/send-facts.ts";
import { usesCap } from "#flow/gate/send-hours.ts";
import { sentAs } from "#flow/gate/sent-as.ts";
import { pickLanguage } from "#flow/pick-language.ts";
import type { TemplateStatus } from "#flow/template.ts";
import type { Recipient } from "#server/channels/channel.ts";
import { estimateCost } from "#server/channels/prices/estimate-cost.ts";
import type { PriceCategory } from "#server/channels/prices/price-cards.ts";
import { countryOfPhone } from "#server/country-of-phone.ts";
import type { OpenChannel } from "./channel-book.ts";
import type { Charge } from "./consume-budget.ts";
import { type Candidate, type LoadedTemplate, templateKey } from "./load-facts.ts";
import type { SendingRules } from "./load-rules.ts";
import { prepareFree } from "./prepare-free.ts";
import { type Prepared, prepareMessage } from "./prepare-message.ts";

/** What becomes of a claimed message. `capDay` names the counter it has to use (or has used, or found used up); null: exempt, or not asked. */
export type Decision = {
  candidate: Candidate;
  checks: GateCheck[];
  prepared: Prepared | null;
  capDay: string | null;
} & (
  | {
      verdict: "send";
      channel: OpenChannel;
      to: Recipient;
      prepared: Prepared;
      charge: Charge | null;
    }
  /** `holdsBack`: later messages of the same person and lane wait for it. */
  | { verdict: "defer"; until: number; reason: string; holdsBack: boolean }
  /** An earlier message of the same person is not over yet. */
  | { verdict: "behind"; channelId: string }
  /** `isSilent`: nobody is told, and the person goes on as if it had left. */
  | { verdict: "skip"; reason: string; isSilent?: true }
  | { verdict: "hold"; flowId: string }
  /** Its flow lets it wait for a template that may not be sent now. */
  | { verdict: "await-template"; templateId: string; until: number }
);

export type GateWorld = {
  rules: ReadonlyMap<string, SendingRules>;
  templates: ReadonlyMap<string, LoadedTemplate>;
  /** The number each workspace sends by. */
  channels: ReadonlyMap<string, OpenChannel>;
  /** Link codes of earlier attempts, by message. */
  knownCodes: ReadonlyMap<string, Record<string, string>>;
  publicUrl: string;
  now: number;
};

/** Judges one claimed message by the pure gate. The cap is only read here. */
export function decideMessage(candidate: Candidate, world: GateWorld): Decision {
  const { contact, flowId, flowStatus } = candidate;
  const rules = world.rules.get(candidate.workspaceId);
  const undecided = { candidate, checks: [], prepared: null, capDay: null };
  if (flowStatus === "held" && flowId) return { ...undecided, verdict: "hold", flowId };
  if (flowStatus === "archived") return { ...undecided, verdict: "skip", reason: "stopped" };
  if (!contact || !rules) return { ...undecided, verdict: "skip", reason: "contact-erased" };
  const { template, prepared, status } = write(candidate, world, [contact.locale, rules.language]);
  const zone = contact.timezone ?? rules.timezone;
  const channel = world.channels.get(candidate.workspaceId);
  const to = recipientOf(contact);
  const today = capDay(world.now, zone);
  const charge = chargeOf(candidate, rules, { category: prepared?.category ?? null, now: world.now });
  const facts: SendFacts = {
    now: world.now,
    purpose: candidate.purpose,
    category: template?.category ?? null,
    zone,
    consents: withEnds(contact.consents, rules.consent),
    consentExempt: rules.consent.exempt,
    suppressedReason: suppressionOf(contact),
    left: candidate.left,
    cap: capState(
      usedBefore(candidate),
      { perDay: capFor(rules.capPerDay, candidate.request.capPerDay), rolling: rules.rollingCap },
      today,
      // A place that it holds from an earlier attempt was free of others' claims then; those who were refused since cannot use it.
      candidate.capDay === today ? 0 : candidate.capKept,
    ),
    quietHours: rules.quietHours,
    sendingHours: candidate.request.sendingHours,
    collections: candidate.request.collects
      ? collectionsWeek(rules.collections, countryOfPhone(phoneOf(contact)), world.now, zone)
      : null,
    budget: budgetState(candidate, rules, { charge, now: world.now }),
    on: rules.on,
    expiresAt: candidate.expiresAt?.getTime() ?? null,
    spreadKey: candidate.contactId,
    kind: candidate.request.template === null ? "free" : "template",
    lastInboundAt: contact.lastInboundAt?.getTime() ?? null,
    templateStatus: status,
    holdUntil: holdUntil(candidate, world.now),
    channelStatus: channel ? (channel.connection ? channel.status : "paused") : null,
    hasAddress: to !== null,
    missingVariables: prepared?.missing ?? [],
    text: prepared?.text ?? "",
  };
  const decision = decideSend(facts);
  const isExempt = !isCapped(sentAs(candidate.purpose, facts.category));
  const day = usesCap(facts) ? (candidate.capDay ?? today) : null;
  const judged = { candidate, checks: decision.checks, prepared, capDay: day };
  if (decision.verdict === "block") {
    const { reason, isSilent } = decision;
    return { ...judged, verdict: "skip", reason, ...(isSilent && { isSilent }) };
  }
  if (decision.verdict === "defer" && decision.reason === templateHeld && template)
    return { ...judged, verdict: "await-template", templateId: template.id, until: decision.until };
  // Who waits for the hours of a flow is passed by what may leave at any hour; who waits for the number is not.
  if (decision.verdict === "defer") return { ...decision, ...judged, holdsBack: decision.reason === "channel-paused" };
  if (!prepared || !channel || !to)
    throw new Error(`The gate let message ${candidate.messageId} pass without content.`);
  return { ...judged, prepared, verdict: "send", channel, to, charge: charge && { ...charge, isExempt } };
}

type Written = { template: LoadedTemplate | null; prepared: Prepared | null; status: TemplateStatus | null };

/** What the person would read, in the language that is nearest to theirs: a template's, or what the step says itself. */
function write(candidate: Candidate, world: GateWorld, wishes: [locale: string | null, language: string]): Written {
  const { request, workspaceId, messageId } = candidate;
  const linking = { publicUrl: world.publicUrl, knownCodes: world.knownCodes.get(messageId) ?? {} };
  if (request.template === null) {
    const said = pickLanguage(alwaysApproved(request.free ?? []), ...wishes);
    return { template: null, prepared: said && prepareFree(candidate, said, linking), status: null };
  }
  const template = world.templates.get(templateKey(workspaceId, request.template)) ?? null;
  const language = template && pickLanguage(template, ...wishes);
  if (!template || !language) return { template, prepared: null, status: null };
  const prepared = prepareMessage(candidate, language, { ...linking, category: template.category });
  return { template, prepared, status: language.status };
}

/** What others have used: a message on its second attempt does not stand in its own way. */
function usedBefore({ capUsed, capDay: paid }: Candidate): Record<string, number> {
  return paid === null ? capUsed : { ...capUsed, [paid]: Math.max(0, (capUsed[paid] ?? 0) - 1) };
}

/** Counted from when it first had to wait; what has waited so long, waits no longer. */
function holdUntil({ heldUntil, request }: Candidate, now: number): number | null {
  if (heldUntil) return heldUntil.getTime();
  return request.templateHoldHours ? now + request.templateHoldHours * 3_600_000 : null;
}

type Contact = NonNullable<Candidate["contact"]>;

/** Their own STOP, or ours, before the list. */
function suppressionOf({ suppressedAt, suppressedReason, isListed }: Contact): string | null {
  if (suppressedAt) return suppressedReason ?? "suppressed";
  return isListed ? "listed" : null;
}

const phoneOf = ({ phone, waId }: Contact): string | null => phone ?? (waId ? `+${waId}` : null);

/** What it adds to the month; null without a budget, without a price in its currency, and for what has paid on an earlier attempt. */
function chargeOf(
  { messageId, workspaceId, contact, budgetMonth: paid }: Candidate,
  { budget, timezone }: SendingRules,
  { category, now }: { category: PriceCategory | null; now: number },
): Omit<Charge, "isExempt"> | null {
  if (!budget || !contact || !category || paid !== null) return null;
  const lastInboundAt = contact.lastInboundAt?.getTime() ?? null;
  const cost = estimateCost({ category, at: now, phone: phoneOf(contact), lastInboundAt });
  if (!cost || cost.amountMicros === 0 || cost.currency !== budget.currency) return null;
  const { micros: most, currency } = budget;
  return { messageId, workspaceId, month: budgetMonth(now, timezone), currency, micros: cost.amountMicros, most };
}

function budgetState(
  { budgetMonth: paid }: Candidate,
  { budget, timezone, spent }: SendingRules,
  { charge, now }: { charge: { micros: number } | null; now: number },
): BudgetState | null {
  if (!budget) return null;
  const month = budgetMonth(now, timezone);
  const costs = charge?.micros ?? (paid === null ? null : 0);
  const { micros: most, currency } = budget;
  return { spent: spent[month] ?? 0, costs, most, currency, againAt: nextMonthAt(month, timezone) };
}

function recipientOf(contact: Contact): Recipient | null {
  if (contact.phone) return { phone: contact.phone };
  if (contact.waId) return { phone: `+${contact.waId}` };
  return contact.bsuid ? { bsuid: contact.bsuid } : null;
}
