/** What is wrong: the four counted kinds, what is merely counted, and everything else. */
export type FindingKind = "lost" | "doubled" | "flagged" | "unknown" | "over-cap" | "consent" | "wrong";

export type Finding = {
  invariant: string;
  kind: FindingKind;
  /** An id that leads to the rows. */
  subject: string;
  what: string;
};

/** Makes findings of one invariant. */
export const findingOf =
  (invariant: string) =>
  (kind: FindingKind, subject: string, what: string): Finding => ({ invariant, kind, subject, what });

/** Groups in the order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
