import { expect, test } from "vitest";
import type { Fallback, Formatter } from "./binding.ts";
import { formatBinding } from "./format-binding.ts";

const facts = {
  contact: {
    firstName: "AMINATA DIALLO",
    nick: "  Ami\n\t Diallo\u0000    d ",
    none: null,
    empty: "",
    evil: "a\u202egpj.exe",
  },
  event: {
    amount: 123456,
    currency: "EUR",
    xof: 25000,
    text: "1050",
    half: 10.5,
    due: "2026-11-28",
    at: "2026-11-28T23:30:00Z",
    list: [1],
    isOn: true,
    badCurrency: "€",
    big: 9007199254740991,
  },
};

const format = (
  path: string,
  kind: Formatter,
  { fallback = null, locale = "en", zone = "UTC" }: { fallback?: Fallback; locale?: string | null; zone?: string } = {},
) =>
  formatBinding({ from: "path", path, format: kind, fallback }, facts, locale, zone)?.replace(/[\u00a0\u202f]/g, " ") ??
  null;

const greeting = { fr: "cher client", en: "there" };
const text = { kind: "text" } as const;
const money = { kind: "money", currencyPath: "event.currency" } as const;

test.each<[string, string | null, string | null]>([
  ["text as it is", format("contact.firstName", text), "AMINATA DIALLO"],
  ["a shouted name is calmed down", format("contact.firstName", { kind: "capitalize" }), "Aminata Diallo"],
  ["upper case", format("contact.nick", { kind: "upper" }), "AMI DIALLO D"],
  ["line breaks, tabs and runs of spaces become one space", format("contact.nick", text), "Ami Diallo d"],
  ["what turns the direction of text is dropped", format("contact.evil", text), "agpj.exe"],
  ["numbers by language", format("event.amount", { kind: "number" }, { locale: "fr_FR" }), "123 456"],
  ["money in minor units", format("event.amount", money), "€1,234.56"],
  ["money in French", format("event.amount", money, { locale: "fr" }), "1 234,56 €"],
  [
    "a currency without minor units",
    format("event.xof", { kind: "money", currency: "XOF" }, { locale: "fr_SN" }),
    "25 000 F CFA",
  ],
  ["an amount as text", format("event.text", money), "€10.50"],
  ["half a minor unit is none", format("event.half", money), null],
  ["an amount without a currency", format("event.amount", { kind: "money" }), null],
  ["a currency that is none", format("event.amount", { kind: "money", currencyPath: "event.badCurrency" }), null],
  ["a date", format("event.due", { kind: "date", style: "short" }), "Nov 28, 2026"],
  [
    "a date is the same day in every zone",
    format("event.due", { kind: "date", style: "short" }, { zone: "America/Bogota" }),
    "Nov 28, 2026",
  ],
  [
    "a moment is told in the person's zone",
    format("event.at", { kind: "date", style: "short" }, { zone: "Asia/Kolkata" }),
    "Nov 29, 2026",
  ],
  [
    "a long date in French",
    format("event.due", { kind: "date", style: "long" }, { locale: "fr" }),
    "samedi 28 novembre 2026",
  ],
  ["a time", format("event.at", { kind: "date", style: "time" }, { locale: "fr", zone: "Europe/Paris" }), "00:30"],
  ["a date that is none", format("contact.firstName", { kind: "date", style: "short" }, { fallback: "soon" }), "soon"],
  ["true", format("event.isOn", text), "true"],
  ["a list is no text", format("event.list", text), null],
  ["missing", format("contact.nothing", text), null],
  ["null", format("contact.none", text), null],
  ["empty", format("contact.empty", text), null],
  ["missing, with a fallback", format("contact.nothing", text, { fallback: "there" }), "there"],
  ["an empty fallback is none", format("contact.nothing", text, { fallback: " " }), null],
  [
    "a fallback in the person's language",
    format("contact.nothing", text, { fallback: greeting, locale: "fr_SN" }),
    "cher client",
  ],
  ["in no language of theirs: English", format("contact.nothing", text, { fallback: greeting, locale: "es" }), "there"],
  ["no English one: the first", format("contact.nothing", text, { fallback: { pt_BR: "você" }, locale: "es" }), "você"],
  [
    "an empty one is passed over",
    format("contact.nothing", text, { fallback: { fr: " ", en: "there" }, locale: "fr" }),
    "there",
  ],
  ["fallbacks in no language are none", format("contact.nothing", text, { fallback: {} }), null],
  ["a language that is none", format("event.amount", { kind: "number" }, { locale: "x!" }), "123,456"],
  ["no language", format("event.amount", { kind: "number" }, { locale: null }), "123,456"],
  ["an unknown zone", format("event.at", { kind: "date", style: "time" }, { zone: "Mars", locale: "fr" }), "23:30"],
  ["a path through a text", format("contact.firstName.length", text), null],
])("%s", (_, actual, expected) => expect(actual).toBe(expected));

test("fixed words are the same for everybody", () => {
  expect(formatBinding({ from: "text", text: "24/7" }, facts, null, "UTC")).toBe("24/7");
});
