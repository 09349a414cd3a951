import type { CompiledFlow } from "#flow/compile.ts";
import { explainRule } from "#flow/explain-rule.ts";
import { eventFacts } from "#flow/facts.ts";
import type { FlowSettings } from "#flow/graph.ts";
import { type Json, readPath } from "#flow/json.ts";
import { matchTrigger } from "#flow/match-trigger.ts";
import { messageEventName } from "#flow/message-event.ts";
import { mayEnter } from "#flow/re-entry.ts";
import type { FlowEvent } from "#flow/signal.ts";
import type { ReEntryLine, Refusal, ToldRule } from "./explanation.ts";
import { type FlowPast, statusAt, versionAt } from "./flow-at.ts";
import { type ProfileHistory, profileAt } from "./profile-at.ts";

/** An earlier or later way of the person through the same flow. Milliseconds since 1970. */
export type Entry = { key: string; eventId: string; enteredAt: number; endedAt: number | null };

export type Question = {
  past: FlowPast;
  /** The version that was in force, ready to run; null when it cannot be read. */
  flow: CompiledFlow | null;
  event: FlowEvent;
  /** When the event reached us: the flow judged it right after. */
  at: number;
  profile: ProfileHistory;
  entries: readonly Entry[];
  /** What else is known of this event: it failed to be applied, or nobody has come to it yet. */
  fate: { kind: "failed"; error: string } | { kind: "queued" } | null;
};

export type Judgement = {
  key: string | null;
  rules: ToldRule[];
  reEntry: ReEntryLine | null;
  /** Why this event did not let the person in: the first of what stood in the way. */
  refusal: Refusal;
};

/**
 * Why an event did not open a flow, asked again as the engine asked it: was the flow running, do the rules hold, is there a key, may
 * the person enter again. Everything is answered by the flow language's own `matchTrigger` and `mayEnter`; nothing is judged here.
 */
export function judgeEvent(question: Question): Judgement {
  const { past, flow, event, at, profile, fate } = question;
  const standing = statusAt(past, at);
  const told = flow ? tellRules(flow, { event, at, profile }) : { key: null, rules: [] };
  const match = flow && matchTrigger(flow, event, profileAt(profile, at).facts);
  const reEntry =
    flow && match && "key" in match ? tellReEntry(flow.settings, { ...question, key: match.key ?? "" }) : null;
  const refusal = ((): Refusal => {
    if (!versionAt(past, at) || standing.status === "draft" || standing.status === "in-review")
      return { reason: "not-published", since: dateOf(past.versions.find((one) => one.publishedAt > at)?.publishedAt) };
    if (standing.status !== "active") return { reason: standing.status, since: dateOf(standing.since) };
    if (!match) return { reason: "unreadable" };
    if ("refused" in match) {
      if (match.refused === "no-key") return { reason: "no-key", path: match.path };
      return match.refused === "entry-criteria" ? { reason: "entry-criteria" } : { reason: "unreadable" };
    }
    if (reEntry && !reEntry.holds) return { reason: "re-entry" };
    if (fate?.kind === "failed") return { reason: "failed", error: fate.error };
    if (fate) return { reason: "queued" };
    return { reason: event.name === messageEventName ? "heard-elsewhere" : "not-explained" };
  })();
  return { ...told, reEntry, refusal };
}

/** The entry criteria line by line, with the profile as it was. */
export function tellRules(
  flow: CompiledFlow,
  { event, at, profile }: Pick<Question, "event" | "at" | "profile">,
): { key: string | null; rules: ToldRule[] } {
  const then = profileAt(profile, at);
  const factsOf = (contact: typeof then.facts) =>
    eventFacts(contact, { values: {}, key: null, event }, event, event.at);
  const facts = factsOf(then.facts);
  const today = factsOf(profile.today);
  const rules = explainRule(flow.trigger?.rule ?? { all: [] }, facts).map((line): ToldRule => {
    const [source = "", name = ""] = line.test?.path.split(".") ?? [];
    const { asOf, setBy } = source === "contact" ? then.originOf(name) : { asOf: "then" as const, setBy: null };
    const now = line.test ? (readPath(today, line.test.path) ?? null) : null;
    return {
      ...line,
      asOf,
      setBy: setBy && { ...setBy, at: new Date(setBy.at) },
      ...(isSame(now, line.actual) ? {} : { now }),
    };
  });
  const match = matchTrigger(flow, event, then.facts);
  return { key: "key" in match ? match.key : null, rules };
}

const dateOf = (at: number | null | undefined): Date | null => (at === null || at === undefined ? null : new Date(at));

const isSame = (left: Json, right: Json): boolean => JSON.stringify(left) === JSON.stringify(right);

function tellReEntry(
  settings: FlowSettings,
  { entries, event, at, key }: Pick<Question, "entries" | "event" | "at"> & { key: string },
): ReEntryLine {
  const before = entries.filter((entry) => entry.key === key && entry.eventId !== event.id && entry.enteredAt <= at);
  const inside = before.find((entry) => entry.endedAt === null || entry.endedAt > at);
  const lastEnteredAt = before.length > 0 ? Math.max(...before.map((entry) => entry.enteredAt)) : undefined;
  return {
    mode: settings.reEntry.mode,
    days: settings.reEntry.mode === "after-days" ? settings.reEntry.days : null,
    holds: mayEnter(settings, { isInside: inside !== undefined, lastEnteredAt, now: at }),
    insideSince: dateOf(inside?.enteredAt),
    lastEnteredAt: dateOf(lastEnteredAt),
  };
}
