import { same } from "./graph-change.ts";

/** One value inside a setting that differs. `path` is where it stands in it; empty: it is the setting itself. */
export type ValueChange = { path: string[]; from: unknown; to: unknown };

/** The smallest parts in which two values of a setting differ; a duration is one part, as a person reads it as one. */
export function valueChanges(from: unknown, to: unknown, path: string[] = []): ValueChange[] {
  if (same(from, to)) return [];
  if (isPart(from) || isPart(to) || isOtherKind(from, to)) return [{ path, from, to }];
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => valueChanges(Reflect.get(from, key), Reflect.get(to, key), [...path, key]));
}

/** "24 hours" as a step's settings hold it. */
export type Duration = { amount: number; unit: "minutes" | "hours" | "days" };

export const isDuration = (value: unknown): value is Duration =>
  typeof value === "object" &&
  value !== null &&
  typeof Reflect.get(value, "amount") === "number" &&
  ["minutes", "hours", "days"].includes(String(Reflect.get(value, "unit")));

/** A blank that is filled from elsewhere, an operation that became another one: nothing inside is the same thing. */
const isOtherKind = (from: object, to: object): boolean =>
  ["from", "kind", "op"].some((key) => Reflect.get(from, key) !== Reflect.get(to, key));

/** What is shown whole: no list and no record. */
function isPart(value: unknown): value is null | undefined | string | number | boolean {
  return typeof value !== "object" || value === null || isDuration(value);
}
