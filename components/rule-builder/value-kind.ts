import type { Json } from "#flow/json.ts";
import { parseMoment } from "#flow/moment.ts";
import type { RuleOperator, RuleSource } from "#flow/rule.ts";

/**
 * What sort of thing a value is. `day` is a date alone ("2026-11-28"), `moment` one with time and zone; `consent` what a person said to a class
 * of messages, `count` how often an event came in the last days; `unknown`: nobody has seen one yet.
 */
export type ValueKind =
  | "text"
  | "number"
  | "money"
  | "day"
  | "moment"
  | "boolean"
  | "list"
  | "consent"
  | "count"
  | "unknown";

/** Where a value comes from: what every rule can read, and what is only known of a person who stands still (flow/segment). */
export type FieldSource = RuleSource | "consent" | "past";

/** A value that a condition can look at. */
export type RuleField = {
  path: string;
  source: FieldSource;
  /** As people call it: "Contact: credit score". */
  label: string;
  /** Without where it comes from, which its icon tells: "Credit score". */
  shortLabel?: string;
  kind: ValueKind;
  sample: Json | undefined;
  /** Of an amount of money, as the sample has it: amounts are in minor units of it. */
  currency?: string;
  /** The values it is known to take, when they are few. */
  values?: readonly string[];
  /** What is shown in place of a value. */
  valueWords?: Readonly<Record<string, string>>;
};

/** The kind of a value by its sample, and by its name where a currency travels with it. */
export function kindOf(name: string, sample: Json | undefined, currency: string | undefined): ValueKind {
  if (sample === undefined || sample === null) return "unknown";
  if (typeof sample === "boolean") return "boolean";
  if (typeof sample === "number") return currency && isAmount(name) ? "money" : "number";
  if (Array.isArray(sample)) return "list";
  if (typeof sample !== "string") return "unknown";
  if (/^\d{4}-\d\d-\d\d$/.test(sample)) return "day";
  return parseMoment(sample) === undefined ? "text" : "moment";
}

/** "amountDue", "balance": a number so called is money when a currency stands beside it. */
export const isAmount = (name: string): boolean =>
  /amount|balance|total|price|fee|limit|income|spending|salary|montant|solde/i.test(name);

/** A test, or one turned round by a "none of" that holds it alone: one line on screen. */
export type LineOperator = RuleOperator | "notContains" | "notStartsWith";

const known: LineOperator[] = ["exists", "notExists"];
const ordered: LineOperator[] = ["gt", "gte", "lt", "lte"];

/** Comparisons that make sense for a kind of value, the usual ones first. */
export const operatorsOf: Record<ValueKind, LineOperator[]> = {
  text: ["eq", "neq", "in", "notIn", "contains", "notContains", "startsWith", "notStartsWith", ...known],
  number: ["gte", "lte", "gt", "lt", "eq", "neq", "in", "notIn", ...known],
  money: ["gte", "lte", "gt", "lt", "eq", "neq", ...known],
  day: ["eq", "gte", "lte", "gt", "lt", "neq", ...known],
  // A moment is hardly ever hit to the second: before and from then on are what people mean.
  moment: ["gte", "lt", ...known],
  boolean: ["eq", ...known],
  list: ["contains", "notContains", ...known],
  consent: ["eq", "neq", "in", ...known],
  count: ["gte", "lte", "eq"],
  unknown: ["eq", "neq", ...ordered, "contains", "notContains", "startsWith", "in", "notIn", ...known],
};

/** What a new line starts with. */
export const firstOperator = (kind: ValueKind): LineOperator => operatorsOf[kind][0] ?? "eq";

/** What a new line is held against: the answer people mean most often, where there is one. */
export const firstValue = (kind: ValueKind): Json =>
  kind === "consent" ? "granted" : kind === "count" ? 1 : kind === "boolean" ? true : "";

export const needsValue = (op: LineOperator): boolean => op !== "exists" && op !== "notExists";
export const takesList = (op: LineOperator): boolean => op === "in" || op === "notIn";
