import type { Binding, Fallback, Formatter, LinkBinding, ValueBinding } from "./binding.ts";
import { type Json, readPath } from "./json.ts";
import { knownZone, momentOf } from "./local-time.ts";
import { minorUnitDigits } from "./minor-units.ts";
import { readMoney } from "./money.ts";
import { pickLanguage } from "./pick-language.ts";
import { remember } from "./remember.ts";

/**
 * The text that fills a blank of a template, or null when there is neither a value nor a fallback. Never throws; a value that
 * does not fit its formatter (a date that is none, an amount without a currency) counts as missing.
 * `locale` is the person's (null: English), `zone` the one in which dates are told.
 */
export function formatBinding(
  binding: Exclude<Binding, LinkBinding>,
  facts: Json,
  locale: string | null,
  zone: string,
): string | null {
  if (binding.from === "text") return onOneLine(binding.text) || null;
  const value = readPath(facts, binding.path);
  const text =
    value === undefined || value === null
      ? null
      : formatValue(value, binding, facts, knownLocale(locale ?? "en"), zone);
  return (text === null ? "" : onOneLine(text)) || onOneLine(fallbackIn(binding.fallback, locale) ?? "") || null;
}

/** The fallback for somebody of this locale: in their language or its mother or sister, else English, else the first that says something. */
export function fallbackIn(fallback: Fallback, locale: string | null): string | null {
  if (fallback === null || typeof fallback === "string") return fallback;
  const languages = Object.entries(fallback)
    .filter(([, text]) => text.trim() !== "")
    .map(([language, text]) => ({ language, text, status: "approved" }));
  return pickLanguage({ languages }, locale, "en")?.text ?? null;
}

/**
 * True when a blank may have nothing to say for somebody whom nobody promised to know: a fact of the person or of their way
 * through the flow, without a fallback. What the event brings is the duty of the system that sends it: a payment without an
 * amount is a fault there, and no message about it must leave.
 */
export const mayStayEmpty = (binding: Binding): boolean =>
  binding.from === "path" &&
  /^(contact|enrollment)\./.test(binding.path) &&
  fallbackIn(binding.fallback, null) === null;

/** The paths without whose values a blank has nothing to say: none where fixed words or a fallback stand there. */
export function neededPaths(binding: Binding): string[] {
  if (binding.from !== "path" || fallbackIn(binding.fallback, null) !== null) return [];
  const { format } = binding;
  const currency = format.kind === "money" && !format.currency ? format.currencyPath : undefined;
  return [binding.path, ...(currency ? [currency] : [])];
}

/**
 * What WhatsApp accepts inside a template: no line break, no tab, at most four spaces in a row (Cloud API, error 132018).
 * Characters that turn the direction of text are dropped, as they could disguise an address.
 */
export function onOneLine(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\p{Cc}\u2028\u2029 ]+/gu, " ")
    .trim();
}

function formatValue(value: Json, { format }: ValueBinding, facts: Json, locale: string, zone: string): string | null {
  if (value === null || typeof value === "object") return null;
  switch (format.kind) {
    case "text":
      return String(value);
    case "upper":
      return String(value).toLocaleUpperCase(locale);
    case "capitalize":
      return capitalize(String(value), locale);
    case "number":
      return formatNumber(value, locale);
    case "money":
      return formatMoney(value, format, facts, locale);
    case "date":
      return formatDate(value, format.style, locale, zone);
  }
}

/** "AMINATA DIALLO", as core banking systems keep names, becomes "Aminata Diallo"; "van Dam" only gets its first letter. */
function capitalize(text: string, locale: string): string {
  const isShouted = text === text.toLocaleUpperCase(locale) && text !== text.toLocaleLowerCase(locale);
  if (!isShouted) return text.replace(/^\p{L}/u, (letter) => letter.toLocaleUpperCase(locale));
  return text
    .toLocaleLowerCase(locale)
    .replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toLocaleUpperCase(locale));
}

function formatNumber(value: Json, locale: string): string | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? plainNumber(locale).format(number) : null;
}

/** Amounts are whole minor units; how many make one of the currency is ISO 4217's matter (100 for EUR, 1 for XOF). */
function formatMoney(
  value: Json,
  format: Extract<Formatter, { kind: "money" }>,
  facts: Json,
  locale: string,
): string | null {
  const money = readMoney(value, format, facts);
  if (!money) return null;
  const { amountMinor, currency } = money;
  const digits = minorUnitDigits(currency);
  const amount = amountMinor / 10 ** digits;
  // Cents that Intl would leave out (12,345.67 HUF) are told; whole amounts look as people write them (4,500,000 COP).
  return moneyNumber(`${currency} ${locale} ${Number.isInteger(amount) ? "usual" : digits}`).format(amount);
}

const dateStyles = {
  short: { day: "numeric", month: "short", year: "numeric" },
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
} as const;

function formatDate(value: Json, style: keyof typeof dateStyles, locale: string, zone: string): string | null {
  const moment = momentOf(value, zone);
  if (moment === undefined) return null;
  return dateFormat(`${style} ${knownZone(zone)} ${locale}`).format(moment);
}

/** "fr_FR", "fr-FR" and "fr" are one; what is no language is English. */
const knownLocale = remember(1_000, (locale) => {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
});

// Making one of these costs fifty times as much as using it.
const plainNumber = remember(500, (locale) => new Intl.NumberFormat(locale));
const moneyNumber = remember(500, (key) => {
  const [currency = "", locale = "", digits = "usual"] = key.split(" ");
  const places =
    digits === "usual" ? {} : { minimumFractionDigits: Number(digits), maximumFractionDigits: Number(digits) };
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...places });
});
const dateFormat = remember(500, (key) => {
  const [style, timeZone = "", locale = ""] = key.split(" ");
  const fields = style === "short" || style === "long" ? dateStyles[style] : dateStyles.time;
  return new Intl.DateTimeFormat(locale, { ...fields, timeZone });
});
