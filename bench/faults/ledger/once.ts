import type { Facts } from "./facts.ts";
import { type Finding, findingOf, groupBy } from "./finding.ts";

/** I1: an accepted event is stored once and opened exactly one enrollment in each flow that it opens; no other event opened two in one. */
export function noLoss({ events, flows, storedEvents, enrollments }: Facts): Finding[] {
  const find = findingOf("I1");
  const opened = groupBy(enrollments, ({ flowId, eventRef }) => `${flowId} ${eventRef}`);
  const known = new Set<string | null>([null, ...events.map(({ ref }) => ref)]);
  // What the product tells itself: of segments, schedules, words of people and steps that run flows.
  const others = [...opened.values()].flatMap((same) => {
    const ref = same[0]?.eventRef ?? null;
    return same.length === 1 || known.has(ref) ? [] : [find("doubled", ref ?? "", `opened ${same.length} enrollments`)];
  });
  const told = events.flatMap((event) => {
    const rows = storedEvents.get(event.ref) ?? 0;
    if (rows > 1) return [find("doubled", event.ref, `stored ${rows} times`)];
    if (rows === 0) return event.acceptedAt === null ? [] : [find("lost", event.ref, "accepted and not stored")];
    return flows
      .filter((flow) => flow.event === event.name)
      .flatMap((flow) => {
        const count = opened.get(`${flow.id} ${event.ref}`)?.length ?? 0;
        if (count === 0) return [find("lost", event.ref, "stored, and opened no enrollment")];
        return count > 1 ? [find("doubled", event.ref, `opened ${count} enrollments`)] : [];
      });
  });
  return [...others, ...told];
}

/** I2: nothing reaches a person twice unless we know and say so ("resent"). */
export function noSilentDuplicate({ provider, messages, flows }: Facts): Finding[] {
  const find = findingOf("I2");
  const reasons = new Map(messages.map(({ id, reason }) => [id, reason]));
  const byId = [...groupBy(provider, ({ ourId }) => ourId)].flatMap(([id, taken]) => {
    if (taken.length === 1) return [];
    const isFlagged = reasons.get(id) === "resent";
    const what = `${taken.length} times at the provider${isFlagged ? ", marked resent" : ""}`;
    return taken.slice(1).map(() => find(isFlagged ? "flagged" : "doubled", id, what));
  });
  const firsts = new Set(flows.map(({ firstTemplate }) => firstTemplate));
  const aboutEvents = provider.filter(({ template, eventRef }) => eventRef !== null && firsts.has(template));
  const byWords = [...groupBy(aboutEvents, ({ template, eventRef }) => `${template} ${eventRef}`)].flatMap(
    ([words, taken]) => {
      const ids = new Set(taken.map(({ ourId }) => ourId));
      return ids.size === 1 ? [] : [find("doubled", words, `${ids.size} messages with other ids say the same`)];
    },
  );
  const visits = messages.filter(({ enrollmentId, visit }) => enrollmentId !== null && visit !== null);
  const byVisit = [...groupBy(visits, ({ enrollmentId, visit }) => `${enrollmentId} ${visit}`)].flatMap(
    ([visit, rows]) =>
      rows.length === 1 ? [] : [find("doubled", visit, `${rows.length} messages for one step visit`)],
  );
  return [...byId, ...byWords, ...byVisit];
}
