import { decideSend, type GateCheck, type SendFacts } from "#flow/gate/decide-send.ts";
import { capDay, isCapped } from "#flow/gate/frequency-cap.ts";
import { sentAs } from "#flow/gate/sent-as.ts";
import { pickLanguage } from "#flow/pick-language.ts";
import type { Recipient } from "#server/channels/channel.ts";
import type { OpenChannel } from "./channel-book.ts";
import { type Candidate, type LoadedTemplate, type SendingRules, templateKey } from "./load-facts.ts";
import { type Prepared, prepareMessage } from "./prepare-message.ts";

/** What becomes of a claimed message. `capDay` names the counter it has to use (or has used); null: exempt. */
export type Decision = { candidate: Candidate; checks: GateCheck[]; prepared: Prepared | null } & (
  | { verdict: "send"; channel: OpenChannel; to: Recipient; prepared: Prepared; capDay: string | null }
  /** `holdsBack`: later messages of the same person and lane wait for it. */
  | { verdict: "defer"; until: number; reason: string; holdsBack: boolean }
  /** An earlier message of the same person is not over yet. */
  | { verdict: "behind"; channelId: string }
  | { verdict: "skip"; reason: string }
  | { verdict: "hold"; flowId: string }
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
  const undecided = { candidate, checks: [], prepared: null };
  if (flowStatus === "held" && flowId) return { ...undecided, verdict: "hold", flowId };
  if (flowStatus === "archived") return { ...undecided, verdict: "skip", reason: "stopped" };
  if (!contact || !rules) return { ...undecided, verdict: "skip", reason: "contact-erased" };
  const template = world.templates.get(templateKey(candidate.workspaceId, candidate.request.template));
  const language = template ? pickLanguage(template, contact.locale, rules.language) : null;
  const knownCodes = world.knownCodes.get(candidate.messageId) ?? {};
  const { publicUrl } = world;
  const prepared =
    language && prepareMessage(candidate, language, { publicUrl, knownCodes, category: template?.category });
  const zone = contact.timezone ?? rules.timezone;
  const channel = world.channels.get(candidate.workspaceId);
  const to = recipientOf(contact);
  const facts: SendFacts = {
    now: world.now,
    purpose: candidate.purpose,
    category: template?.category ?? null,
    zone,
    consents: contact.consents,
    suppressedReason: contact.suppressedAt ? (contact.suppressedReason ?? "suppressed") : null,
    cap: { used: usedBefore(candidate, capDay(world.now, zone)), perDay: rules.capPerDay },
    quietHours: { from: rules.quietFrom, to: rules.quietTo },
    sendingHours: candidate.request.sendingHours,
    expiresAt: candidate.expiresAt?.getTime() ?? null,
    spreadKey: candidate.contactId,
    kind: "template",
    lastInboundAt: contact.lastInboundAt?.getTime() ?? null,
    templateStatus: language?.status ?? null,
    channelStatus: channel ? (channel.connection ? channel.status : "paused") : null,
    hasAddress: to !== null,
    missingVariables: prepared?.missing ?? [],
    text: prepared?.text ?? "",
  };
  const decision = decideSend(facts);
  const { checks } = decision;
  if (decision.verdict === "block") return { candidate, checks, prepared, verdict: "skip", reason: decision.reason };
  // Who waits for the hours of a flow is passed by what may leave at any hour; who waits for the number is not.
  if (decision.verdict === "defer")
    return { ...decision, candidate, prepared, holdsBack: decision.reason === "channel-paused" };
  if (!prepared || !channel || !to)
    throw new Error(`The gate let message ${candidate.messageId} pass without content.`);
  const day = isCapped(sentAs(candidate.purpose, facts.category))
    ? (candidate.capDay ?? capDay(world.now, zone))
    : null;
  return { candidate, checks, prepared, verdict: "send", channel, to, capDay: day };
}

/** What others have used: a message on its second attempt does not stand in its own way. */
function usedBefore({ capUsed, capDay: paid }: Candidate, day: string): number {
  const used = capUsed[day] ?? 0;
  return paid === null ? used : Math.max(0, used - 1);
}

function recipientOf(contact: NonNullable<Candidate["contact"]>): Recipient | null {
  if (contact.phone) return { phone: contact.phone };
  if (contact.waId) return { phone: `+${contact.waId}` };
  return contact.bsuid ? { bsuid: contact.bsuid } : null;
}
