import type { ContactChange, ContactFacts } from "#flow/contact.ts";
import type { Json, JsonObject } from "#flow/json.ts";

/** Who wrote a value on a person's profile, and when: an identify of a source system, or a step of a flow. */
export type WriteSource = { kind: "identify" } | { kind: "flow"; flowId: string };

/**
 * One value written on a profile. Built-in fields (firstName, locale, timezone) and attributes go by their names; null takes it away.
 * Of tags it is only known that they were changed.
 */
export type ProfileWrite = { at: number; source: WriteSource } & Written;
type Written = { name: string } & ({ value: Json } | { by: number } | { isTag: true });

/** Everything that is known of how a profile came to be what it is. */
export type ProfileHistory = {
  today: ContactFacts;
  /** Oldest first. */
  writes: readonly ProfileWrite[];
  /** True when the writes go back to the person's first day: what nothing had written by then was not there. */
  isWhole: boolean;
};

/** Where a value of the profile came from. `now`: it may have been another then, because what stood there before was not kept. */
export type Origin = { asOf: "then" | "now"; setBy: (WriteSource & { at: number }) | null };

const builtIn = ["firstName", "locale", "timezone"] as const;

/**
 * The person as flows saw them at a moment, and where each value came from. What nothing wrote since is what it is today; what was
 * written since is taken from the last write before; only where there is none is today's value shown, and said to be today's.
 */
export function profileAt({ today, writes, isWhole }: ProfileHistory, at: number) {
  const attributes: JsonObject = { ...today.attributes };
  const fields = { firstName: today.firstName, locale: today.locale, timezone: today.timezone };
  const origins = new Map<string, Origin>();
  for (const [name, mine] of Map.groupBy(writes, (write) => write.name)) {
    const past = valueAt(mine, { at, isWhole });
    origins.set(name, past.origin);
    if (past.value === undefined) continue;
    const field = builtIn.find((known) => known === name);
    if (field) fields[field] = typeof past.value === "string" ? past.value : null;
    else if (past.value === null) delete attributes[name];
    else attributes[name] = past.value;
  }
  const facts: ContactFacts = { ...today, ...fields, attributes };
  return { facts, originOf: (name: string): Origin => origins.get(name) ?? { asOf: "then", setBy: null } };
}

/** What stood there then; undefined: what stands there today, surely (`then`) or for want of better (`now`). */
function valueAt(
  writes: readonly ProfileWrite[],
  { at, isWhole }: { at: number; isWhole: boolean },
): { value: Json | undefined; origin: Origin } {
  const before = writes.filter((write) => write.at <= at);
  const last = before.at(-1);
  const setBy = last ? { ...last.source, at: last.at } : null;
  if (before.length === writes.length) return { value: undefined, origin: { asOf: "then", setBy } };
  const start = before.findLastIndex((write) => "value" in write);
  const isLost = writes.some((write) => "isTag" in write) || (start < 0 && !isWhole);
  if (isLost) return { value: undefined, origin: { asOf: "now", setBy: null } };
  let value: Json = null;
  for (const write of before.slice(Math.max(start, 0))) {
    if ("value" in write) value = write.value;
    else if ("by" in write) value = (typeof value === "number" ? value : 0) + write.by;
  }
  return { value, origin: { asOf: "then", setBy } };
}

/** What a step's changes mean to the profile. */
export const writesOf = (
  changes: readonly ContactChange[],
  { at, flowId }: { at: number; flowId: string },
): ProfileWrite[] => changes.map((change) => ({ at, source: { kind: "flow", flowId }, ...writeOf(change) }));

function writeOf(change: ContactChange): Written {
  switch (change.op) {
    case "set":
      return { name: change.attribute, value: change.value };
    case "unset":
      return { name: change.attribute, value: null };
    case "increment":
      return { name: change.attribute, by: change.by };
    case "add-tag":
    case "remove-tag":
      return { name: "tags", isTag: true };
  }
}
