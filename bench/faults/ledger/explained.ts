import { consentFor } from "#flow/gate/consent.ts";
import type { Allowances } from "../contract.ts";
import type { Facts, StoredMessage } from "./facts.ts";
import { type Finding, findingOf, groupBy } from "./finding.ts";
import { countedByDay, slowestMs } from "./policy.ts";

/** I6: nothing is left lying: no queue row, no message, no call, no webhook, and nobody sleeps past their time. */
export function progress({ left, deadLetters }: Facts, allows: Allowances): Finding[] {
  const find = findingOf("I6");
  const stuck = Object.entries(left).flatMap(([what, count]) =>
    count === 0 ? [] : [find("lost", what, `${count} ${what} are left and nothing moves`)],
  );
  if (deadLetters.length <= (allows.deadLetters ?? 0)) return stuck;
  const why = [...new Set(deadLetters)].join("; ");
  return [...stuck, find("lost", "dead letters", `${deadLetters.length} signals were given up: ${why}`)];
}

const flowEnds = new Set(["goal", "exit", "completed", "no-answer", "handed-off", "held-out"]);

const windowMs = 24 * 3_600_000;

/** I7: everything that did not happen has its reason, and the reason is true by what the harness knows itself. */
export function explained(facts: Facts, allows: Allowances): Finding[] {
  const find = findingOf("I7");
  const ends = facts.enrollments.flatMap(({ id, status, endReason }) => {
    if (status !== "ended" || (endReason !== null && (flowEnds.has(endReason) || allows.ends?.includes(endReason))))
      return [];
    return [find("wrong", id, `ended for ${endReason ?? "no reason"}`)];
  });
  const excuses = excusesOf(facts);
  const messages = facts.messages.flatMap((message) => {
    const { id, status, reason } = message;
    if (status === "failed" && !(reason !== null && allows.failed?.includes(reason)))
      return [find("lost", id, `failed for ${reason ?? "no reason"}`)];
    if (status !== "skipped") return [];
    const isTrue = reason !== null && (allows.skipped?.includes(reason) || excuses(message, reason));
    if (isTrue) return [];
    return [find("lost", id, `skipped for ${reason ?? "no reason"}, which is not so: ${historyOf(message, facts)}`)];
  });
  return [...ends, ...messages];
}

/** What else became of the person's messages, and what they wrote: what a wrong reason is understood by. */
const historyOf = (
  { contactId, createdAt }: StoredMessage,
  { messages, people, provider, writings }: Facts,
): string => {
  const iso = (at: number) => new Date(at).toISOString();
  const taken = new Map(provider.map(({ ourId, at }) => [ourId, iso(at)]));
  const wrote = writings
    .filter((writing) => writing.contactId === contactId)
    .map(({ at, knownAt }) => `wrote ${iso(at)}, known ${iso(knownAt)}`);
  const own = messages
    .filter((message) => message.contactId === contactId)
    .map(({ id, template, status, reason }) => [id, template, status, reason, taken.get(id)].filter(Boolean).join(" "));
  const zone = `zone ${people.find((person) => person.contactId === contactId)?.timezone}`;
  return [`made ${iso(createdAt)}`, zone, ...wrote, ...own].join("; ");
};

/** Whether a message was rightly not sent, as far as the harness can tell without asking the product. */
function excusesOf(facts: Facts): (message: StoredMessage, reason: string) => boolean {
  const people = new Map(facts.people.map((person) => [person.contactId, person]));
  const stopped = new Set(facts.withdrawals.map(({ contactId }) => contactId));
  // What arrived just after midnight may have been let pass, and counted, just before it.
  const full = new Set([...fullDays(facts, 0), ...fullDays(facts, slowestMs)]);
  const unreachable = new Set(
    facts.messages.flatMap(({ contactId, status, reason }) =>
      status === "failed" && reason === "undeliverable" ? [contactId] : [],
    ),
  );
  // A message whose outcome nobody knows has used up its share of the cap all the same.
  const unsure = groupBy(
    facts.messages.filter(({ status }) => status === "unknown" || status === "failed"),
    ({ contactId }) => contactId,
  );
  // What was refused for now keeps its share until it is tried again, and may be stopped then: others were capped meanwhile.
  const stoppedLater = new Set(
    facts.messages.flatMap(({ contactId, status, reason }) =>
      status === "skipped" && (reason === "consent-withdrawn" || reason === "opt-out") ? [contactId] : [],
    ),
  );
  const mostOnADay = new Map<string, number>();
  for (const [key, ids] of countedByDay(facts)) {
    const [contactId = ""] = key.split(" ");
    mostOnADay.set(contactId, Math.max(ids.size, mostOnADay.get(contactId) ?? 0));
  }
  // Places that a marketing message found kept for service messages which waited then, and never left.
  const kept = groupBy(
    facts.messages.filter(({ status, purpose }) => status === "skipped" && purpose === "service"),
    ({ contactId }) => contactId,
  );
  const hasKept = (contactId: string) =>
    (mostOnADay.get(contactId) ?? 0) + (kept.get(contactId)?.length ?? 0) >= facts.capPerDay;
  const writings = groupBy(facts.writings, ({ contactId }) => contactId);
  return ({ contactId, template, purpose, createdAt }, reason) => {
    const person = people.get(contactId);
    if (!person || !purpose) return false;
    const consent = person.consents[consentFor(purpose)];
    switch (reason) {
      case "no-consent":
        return consent === undefined;
      case "consent-withdrawn":
        return consent === "withdrawn" || stopped.has(contactId);
      case "opt-out":
        return stopped.has(contactId);
      case "undeliverable":
        return unreachable.has(contactId);
      case "blocked":
        return person.isSuppressed;
      case "window-closed":
        // When it was judged is not stored: it was open for certain where it was so from before the step until now.
        return (
          template === null &&
          !(writings.get(contactId) ?? []).some(({ at, knownAt }) => knownAt < createdAt && facts.now < at + windowMs)
        );
      case "frequency-cap":
        return (
          full.has(contactId) ||
          unsure.has(contactId) ||
          stoppedLater.has(contactId) ||
          (purpose === "marketing" && hasKept(contactId))
        );
      default:
        return false;
    }
  };
}

/** The people who have had as many messages on one day of theirs as the cap allows. */
const fullDays = (facts: Facts, slackMs: number): string[] =>
  [...countedByDay(facts, slackMs)].flatMap(([key, ids]) =>
    ids.size >= facts.capPerDay ? [key.split(" ")[0] ?? ""] : [],
  );
