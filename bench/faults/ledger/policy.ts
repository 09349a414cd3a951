import { consentFor } from "#flow/gate/consent.ts";
import { capDay, isCapped } from "#flow/gate/frequency-cap.ts";
import { addDays } from "#flow/local-time.ts";
import type { Person } from "../world/person.ts";
import type { Facts, ProviderMessage } from "./facts.ts";
import { type Finding, findingOf, groupBy } from "./finding.ts";

/** A machine with other work keeps a claimed message for seconds before it is called; a frozen worker keeps it for longer than this. */
export const slowestMs = 10_000;

const byPhone = (people: readonly Person[]) => new Map(people.map((person) => [person.phone.slice(1), person]));

/** How long after a withdrawal was stored each message to that person and of that purpose still arrived, in milliseconds. */
export function messagesAfterWithdrawal({
  people,
  provider,
  withdrawals,
}: Facts): { message: ProviderMessage; gapMs: number }[] {
  const known = byPhone(people);
  const taken = groupBy(withdrawals, ({ contactId, purpose }) => `${contactId} ${purpose}`);
  return provider.flatMap((message) => {
    const person = known.get(message.to);
    if (!person || message.purpose === null) return [];
    const own = taken.get(`${person.contactId} ${consentFor(message.purpose)}`) ?? [];
    const first = Math.min(...own.map(({ at }) => at));
    return message.at > first ? [{ message, gapMs: message.at - first }] : [];
  });
}

/** I4: nobody gets what they had not agreed to, had taken back, or are kept from, at the moment it left. */
export function gateAtSendTime(facts: Facts, inFlightMs: number): Finding[] {
  const find = findingOf("I4");
  const known = byPhone(facts.people);
  const unasked = facts.provider.flatMap((message) => {
    const person = known.get(message.to);
    if (!person) return [find("consent", message.ourId, "to a number of nobody")];
    if (message.purpose === null) return [find("consent", message.ourId, `by an unknown template ${message.template}`)];
    if (person.isSuppressed) return [find("consent", message.ourId, "to a person who is kept from all messages")];
    const needed = consentFor(message.purpose);
    return person.consents[needed] === "granted"
      ? []
      : [find("consent", message.ourId, `${message.purpose} without ${needed} consent`)];
  });
  const late = messagesAfterWithdrawal(facts).flatMap(({ message, gapMs }) => {
    const claimedAt = facts.claims.get(message.ourId);
    // Rightly let pass before the withdrawal, and slow on its way: excused, but not for long.
    const wasClaimedBefore = claimedAt !== undefined && claimedAt <= message.at - gapMs;
    if (gapMs <= (wasClaimedBefore ? Math.max(slowestMs, inFlightMs) : inFlightMs)) return [];
    const how = claimedAt === undefined ? "" : wasClaimedBefore ? ", claimed before it" : ", claimed after it";
    return [find("consent", message.ourId, `${Math.round(gapMs)} ms after the consent was withdrawn${how}`)];
  });
  return [...unasked, ...late];
}

const conversationMs = 15 * 60_000;

/** What answers somebody who has just written, in words of its own, is no message that the bank begins, and free of the cap. */
function isAnswer({ template, purpose, to, at }: ProviderMessage, facts: Pick<Facts, "people" | "writings">): boolean {
  if (template !== "" || purpose !== "service") return false;
  const contactId = byPhone(facts.people).get(to)?.contactId;
  return facts.writings.some(
    (wrote) => wrote.contactId === contactId && wrote.at <= at && at < wrote.at + conversationMs + slowestMs,
  );
}

/** Messages that count for the cap, by person and their own day: the one of `at - slackMs`. */
export function countedByDay(
  { people, provider }: Pick<Facts, "people" | "provider">,
  slackMs = 0,
): Map<string, Set<string>> {
  const known = byPhone(people);
  const counted = new Map<string, Set<string>>();
  for (const { to, purpose, ourId, at } of provider) {
    const person = known.get(to);
    if (!person || purpose === null || !isCapped(purpose)) continue;
    const key = `${person.contactId} ${capDay(at - slackMs, person.timezone)}`;
    counted.set(key, (counted.get(key) ?? new Set()).add(ourId));
  }
  return counted;
}

/**
 * I5: nobody gets more service and marketing messages on one day of theirs than the cap. A message that arrived just after midnight may
 * have been let pass just before it; it counts for the day before as long as that one has room.
 */
export function caps({ capPerDay, ...all }: Facts): Finding[] {
  const find = findingOf("I5");
  const facts = { people: all.people, provider: all.provider.filter((message) => !isAnswer(message, all)) };
  const over: Finding[] = [];
  const counted = new Map<string, number>();
  const atDecision = countedByDay(facts, slowestMs);
  for (const [key, ids] of [...countedByDay(facts)].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [contactId = "", day = ""] = key.split(" ");
    const before = `${contactId} ${addDays(day, -1)}`;
    const early = [...ids].filter((id) => atDecision.get(before)?.has(id)).length;
    const moved = Math.min(early, Math.max(0, capPerDay - (counted.get(before) ?? 0)));
    counted.set(before, (counted.get(before) ?? 0) + moved);
    counted.set(key, ids.size - moved);
    if (ids.size - moved > capPerDay)
      over.push(find("over-cap", key, `${ids.size - moved} messages, the cap is ${capPerDay}`));
  }
  return over;
}
