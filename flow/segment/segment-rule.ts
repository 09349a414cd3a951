import { z } from "zod";
import type { ContactFacts } from "../contact.ts";
import { type ConsentGiven, type ConsentPurpose, consentAt, consentPurposes } from "../gate/consent.ts";
import { isStorableText, type Json, type JsonObject } from "../json.ts";
import { type Rule, ruleOn } from "../rule.ts";

/** How far back a segment may look at events (docs/limits.md). */
export const segmentDays = { least: 1, most: 365 } as const;

/**
 * What a segment's rule may read: `contact.*` and `time.now` as everywhere; `consent.<class>` ("granted", "withdrawn", "expired", or no
 * value where the person was never asked); and `past.<days>d.<event>`, how many times the event came in the last so many days, with ":"
 * for each "." of its name: past.365d.loan:repaid.
 */
export const SegmentPath = z
  .string()
  .max(200)
  .regex(
    /^(contact\.[^.\s]+(\.[^.\s]+)*|time\.now|consent\.(service|marketing|fraud|transaction)|past\.([1-9]\d{0,2})d\.[^.\s]+)$/,
    "A path reads like contact.creditScore, consent.marketing or past.30d.loan:repaid",
  )
  .refine(isStorableText, "A path is plain text")
  .refine((path) => {
    const count = countOf(path);
    return !path.startsWith("past.") || (count !== null && count.days <= segmentDays.most);
  }, `A segment looks back at most ${segmentDays.most} days`);

/** A segment's rule: the same tree as everywhere, over what is known of a person without an event at hand. */
export const SegmentRule = ruleOn(SegmentPath);

/** Which event a path counts, and in how many days; null for a path of another kind. */
export function countOf(path: string): { event: string; days: number } | null {
  const match = /^past\.([1-9]\d{0,2})d\.([^.\s]+)$/.exec(path);
  return match ? { days: Number(match[1]), event: (match[2] ?? "").replaceAll(":", ".") } : null;
}

/** The path that counts an event: the other way round. */
export const countPath = (event: string, days: number): string => `past.${days}d.${event.replaceAll(".", ":")}`;

/** All paths of a rule, each once. */
export function pathsOf(rule: Rule): string[] {
  const found = new Set<string>();
  const walk = (part: Rule): void => {
    if ("path" in part) found.add(part.path);
    else for (const inner of "all" in part ? part.all : "any" in part ? part.any : part.none) walk(inner);
  };
  walk(rule);
  return [...found];
}

export type SegmentPerson = {
  contact: ContactFacts;
  /** With their ends (`withEnds`). */
  consents: Partial<Record<ConsentPurpose, ConsentGiven>>;
  /** What happened to the person and when we were told, in milliseconds since 1970. */
  events: readonly { name: string; receivedAt: number }[];
};

/** What `evaluateRule` reads a segment's rule from. server/audiences/people-sql.ts says the same in SQL. */
export function segmentFacts(rule: Rule, { contact, consents, events }: SegmentPerson, now: number): Json {
  const { id, firstName, locale, timezone, tags } = contact;
  const past: { [stretch: string]: JsonObject } = {};
  for (const path of pathsOf(rule)) {
    const counted = countOf(path);
    if (!counted) continue;
    const [, stretch = "", name = ""] = path.split(".");
    const since = now - counted.days * 86_400_000;
    const count = events.filter(
      (event) => event.name === counted.event && event.receivedAt > since && event.receivedAt <= now,
    ).length;
    past[stretch] = { ...past[stretch], [name]: count };
  }
  return {
    contact: { ...contact.attributes, id, firstName, locale, timezone, tags },
    consent: Object.fromEntries(
      consentPurposes.flatMap((purpose) => {
        const state = consentAt(consents[purpose], now);
        return state === "none" ? [] : [[purpose, state]];
      }),
    ),
    past,
    time: { now: new Date(now).toISOString() },
  };
}
