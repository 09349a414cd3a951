import { isSupportedCountry, validatePhoneNumberLength } from "libphonenumber-js/max";
import type { ImportConsent, RowFinding } from "#db/schema/index.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import { isStorableText } from "#flow/json.ts";
import type { ProfileField } from "../door/ingest/profile-change.ts";
import { readTraits } from "../door/ingest/read-traits.ts";
import type { ImportMapping, ImportTarget } from "./import-mapping.ts";

/** A row as a person: what it says of them. `consent`: that they agreed, and the proof; null: no proof of it. */
export type ReadRow = {
  externalId: string | null;
  phone: string | null;
  fields: Partial<Record<ProfileField, string | null>>;
  attributes: JsonObject;
  tags: string[];
  consent: { source: string; wording: string; at: string | null } | null;
};

/** A row that can be taken, with what was left out of it, if anything; or one that is refused. */
export type RowVerdict = { row: ReadRow; limited: RowFinding | null } | { refused: RowFinding };

export type RowRules = {
  columns: readonly string[];
  mapping: ImportMapping;
  consent: ImportConsent | null;
  /** The country whose numbers may do without a calling code, of the number the workspace sends by. */
  home: string | null;
};

/**
 * Reads one row. Pure. What names the person wrongly (a number that is none, a country that is none) or tells a wrong time of consent refuses the
 * row; any other cell that cannot be used is left out and said.
 */
export function readRow(cells: readonly string[], rules: RowRules): RowVerdict {
  const at = (target: ImportTarget): { value: string; column: string } => {
    const place = Object.entries(rules.mapping).find(([, known]) => known === target)?.[0];
    if (place === undefined) return { value: "", column: "" };
    const index = Number(place);
    return { value: (cells[index] ?? "").trim(), column: rules.columns[index] ?? "" };
  };
  const broken = cells.findIndex((cell) => !isStorableText(cell));
  if (broken >= 0) return refuse({ value: "", column: rules.columns[broken] ?? "" }, "bad-text");
  const country = at("country");
  const code = country.value.toUpperCase();
  if (country.value !== "" && !isSupportedCountry(code)) {
    const fix = countryNamed(country.value);
    return refuse(country, "unknown-country", { ...(fix && { fix, values: { code: fix } }) });
  }
  const phone = at("phone");
  const externalId = at("externalId").value;
  const home = code || rules.home;
  const traits: JsonObject = { ...(code && { country: code }) };
  for (const field of profileTargets) if (at(field).value !== "") traits[field] = at(field).value;
  const read = readTraits(traits, {}, home);
  const faulty = (field: ProfileField) => read.faults.some((fault) => fault.path === `traits.${field}`);
  if (faulty("phone")) return refuse(phone, phoneFault(phone.value, home), { values: { country: home ?? "" } });
  if (externalId === "" && phone.value === "") return refuse(phone, "nobody");
  if (externalId.length > 200) return refuse(at("externalId"), "too-long");
  const consent = readConsent(at, rules.consent);
  if (consent && "fault" in consent) return refuse(at("consentAt"), consent.fault);
  const left = profileTargets.find((field) => faulty(field));
  return {
    row: {
      externalId: externalId || null,
      phone: read.fields.phone ?? null,
      fields: read.fields,
      attributes: { ...(code && { country: code }), ...attributesOf(cells, rules.mapping) },
      tags: at("tags")
        .value.split(/[;,|]/)
        .map((tag) => tag.trim().slice(0, 60))
        .filter(Boolean)
        .slice(0, 50),
      consent,
    },
    limited: left
      ? { ...at(left), rule: `bad-${left}` }
      : rules.consent && rules.consent.purposes.length > 0 && !consent
        ? { ...at("consentSource"), rule: "no-proof" }
        : null,
  };
}

const profileTargets = [
  "phone",
  "email",
  "firstName",
  "lastName",
  "locale",
  "timezone",
] as const satisfies ProfileField[];

const refuse = (
  { value, column }: { value: string; column: string },
  rule: string,
  more: Partial<RowFinding> = {},
): RowVerdict => ({ refused: { column, value: value.slice(0, 100), rule, ...more } });

/** Why a number is none, as far as its length tells. */
function phoneFault(text: string, home: string | null): string {
  const fault = validatePhoneNumberLength(text, home && isSupportedCountry(home) ? home : undefined);
  if (fault === "TOO_SHORT") return "phone-too-short";
  if (fault === "TOO_LONG") return "phone-too-long";
  return fault === "INVALID_COUNTRY" ? "phone-no-country" : "phone-invalid";
}

function readConsent(
  at: (target: ImportTarget) => { value: string },
  whole: ImportConsent | null,
): ReadRow["consent"] | { fault: string } {
  if (!whole || whole.purposes.length === 0) return null;
  const source = at("consentSource").value || whole.source;
  const wording = at("consentWording").value || whole.wording;
  if (source === "") return null;
  const said = at("consentAt").value;
  if (said === "") return { source: source.slice(0, 200), wording: wording.slice(0, 500), at: null };
  const moment = momentOf(said);
  if (moment === null) return { fault: "no-such-day" };
  return { source: source.slice(0, 200), wording: wording.slice(0, 500), at: moment };
}

/** A day as files have it, 2026-02-28 or 28/02/2026, or a whole moment; null for a day that there is not. */
export function momentOf(text: string): string | null {
  const day = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? null;
  const turned = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? null;
  const [year, month, date] = day ? [day[1], day[2], day[3]] : turned ? [turned[3], turned[2], turned[1]] : [];
  if (year && month && date) {
    const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
    return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(date) ? at.toISOString() : null;
  }
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return null;
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function attributesOf(cells: readonly string[], mapping: ImportMapping): JsonObject {
  const attributes: JsonObject = {};
  for (const [place, target] of Object.entries(mapping)) {
    if (!target.startsWith("attribute:")) continue;
    const text = (cells[Number(place)] ?? "").trim().slice(0, 1_000);
    // An empty cell says nothing: what is known stays.
    if (text !== "") attributes[target.slice("attribute:".length)] = readValue(text);
  }
  return attributes;
}

/** A number where it is written as one; what begins with a zero or a plus is a name for something. */
function readValue(text: string): Json {
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text;
}

const names = new Map<string, string>();

/** The country that somebody wrote out, in English or French. */
function countryNamed(text: string): string | undefined {
  if (names.size === 0) {
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    for (const language of ["en", "fr"]) {
      const words = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
      for (const code of letters.flatMap((first) => letters.map((second) => first + second)))
        if (isSupportedCountry(code)) names.set(plainName(words.of(code) ?? ""), code);
    }
  }
  return names.get(plainName(text));
}

const plainName = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f’'-]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
