import type { Json } from "#flow/json.ts";
import { localClock, localMoment } from "#flow/local-time.ts";
import { minorUnitDigits } from "#flow/minor-units.ts";
import { parseMoment } from "#flow/moment.ts";
import type { RuleField, ValueKind } from "./value-kind.ts";

/**
 * What somebody typed for a value of this kind, as the rule keeps it. A number is never equal to the text "5", so the type is decided
 * here. What cannot be read stays as the text it is: the line then says what is wrong, and nothing is lost.
 */
export function typedValue(typed: string, field: Pick<RuleField, "kind" | "currency">, zone = "UTC"): Json {
  const text = typed.trim();
  switch (field.kind) {
    case "number":
    case "count":
      return numberOf(text) ?? typed;
    case "money": {
      const amount = numberOf(text);
      return amount === undefined ? typed : Math.round(amount * 10 ** minorUnitDigits(field.currency ?? ""));
    }
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : typed;
    case "moment": {
      const [day = "", time = "00:00"] = text.split("T");
      return isDay(day) && isTime(time) ? new Date(localMoment(day, time, zone)).toISOString() : typed;
    }
    case "unknown":
      if (text === "true" || text === "false") return text === "true";
      return plainNumber.test(text) ? Number(text) : typed;
    default:
      return typed;
  }
}

/** The value as its field shows it: an amount in whole units, a moment by the clock of the zone. */
export function shownValue(value: Json | undefined, field: Pick<RuleField, "kind" | "currency">, zone = "UTC"): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((part) => shownValue(part, field, zone)).join(", ");
  if (field.kind === "money" && typeof value === "number") return asMoney(value, field.currency ?? "");
  if (field.kind === "moment" && typeof value === "string") {
    const moment = parseMoment(value);
    if (moment === undefined) return value;
    const { day, time } = localClock(moment, zone);
    return `${day}T${time}`;
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What is wrong with a line's value: a key under `ruleBuilder.faults`, or null. */
export function faultOf(value: Json | undefined, kind: ValueKind): "missing" | "number" | "date" | "list" | null {
  if (Array.isArray(value)) return value.length === 0 ? "list" : firstFault(value, kind);
  if (value === undefined || value === null || value === "") return "missing";
  if (kind === "number" || kind === "money" || kind === "count") return typeof value === "number" ? null : "number";
  if (kind === "day") return typeof value === "string" && isDay(value) ? null : "date";
  if (kind === "moment") return typeof value === "string" && parseMoment(value) !== undefined ? null : "date";
  return null;
}

const firstFault = (values: Json[], kind: ValueKind) =>
  values.map((value) => faultOf(value, kind)).find((fault) => fault !== null) ?? null;

const plainNumber = /^-?\d+(\.\d+)?$/;

/** "1 250,50", "1,250.50" and "1250.5" are the same number; undefined for what is none. */
function numberOf(text: string): number | undefined {
  const compact = text.replaceAll(/[\s’']/g, "");
  if (plainNumber.test(compact)) return Number(compact);
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(compact)
    ? compact.replaceAll(",", "")
    : compact.replace(",", ".");
  return plainNumber.test(grouped) ? Number(grouped) : undefined;
}

function asMoney(minor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const whole = minor / 10 ** digits;
  return Number.isInteger(whole) ? String(whole) : whole.toFixed(digits);
}

/** A day that there is: "2026-02-30" is none. */
function isDay(text: string): boolean {
  const moment = /^[1-9]\d{3}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return moment !== null && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
