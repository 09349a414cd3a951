import { z } from "zod";
import { consentPurposes } from "#flow/gate/consent.ts";

/** What a column of a file can be. `attribute:<name>`: a fact of the person under that name. */
export const importTargets = [
  "ignore",
  "externalId",
  "phone",
  "firstName",
  "lastName",
  "email",
  "locale",
  "timezone",
  "country",
  "tags",
  "consentSource",
  "consentWording",
  "consentAt",
] as const;
export type ImportTarget = (typeof importTargets)[number] | `attribute:${string}`;

const Target = z.union([z.enum(importTargets), z.templateLiteral(["attribute:", z.string().regex(/^[^.\s"]{1,60}$/)])]);

/** By the column's place, "0" being the first. A target but "ignore" is taken once. */
export const ImportMapping = z
  .record(z.string().regex(/^\d{1,3}$/), Target)
  .refine((mapping) => {
    const used = Object.values(mapping).filter((target) => target !== "ignore");
    return new Set(used).size === used.length;
  }, "Two columns cannot be the same")
  .refine(
    (mapping) => Object.values(mapping).some((target) => target === "externalId" || target === "phone"),
    "One column must be the phone number or the customer id",
  );
export type ImportMapping = z.output<typeof ImportMapping>;

export const ImportConsent = z.strictObject({
  purposes: z.array(z.enum(consentPurposes)).max(consentPurposes.length),
  /** Where it comes from and what people agreed to, for rows that do not say so themselves. */
  source: z.string().trim().max(200),
  wording: z.string().trim().max(500),
});

const words: Record<string, (typeof importTargets)[number]> = {
  ...Object.fromEntries(
    [
      "phone",
      "phone number",
      "mobile",
      "msisdn",
      "whatsapp",
      "tel",
      "telephone",
      "numero",
      "numero de telephone",
      "celular",
    ].map((word) => [word, "phone"] as const),
  ),
  ...Object.fromEntries(
    [
      "id",
      "customer id",
      "customer",
      "external id",
      "user id",
      "userid",
      "client",
      "client id",
      "identifiant",
      "id client",
    ].map((word) => [word, "externalId"] as const),
  ),
  ...Object.fromEntries(
    ["first name", "firstname", "given name", "prenom", "nombre"].map((word) => [word, "firstName"] as const),
  ),
  ...Object.fromEntries(
    ["last name", "lastname", "surname", "family name", "nom", "apellido"].map((word) => [word, "lastName"] as const),
  ),
  ...Object.fromEntries(
    ["email", "e mail", "mail", "courriel", "email address"].map((word) => [word, "email"] as const),
  ),
  ...Object.fromEntries(["language", "locale", "langue", "lang", "idioma"].map((word) => [word, "locale"] as const)),
  ...Object.fromEntries(
    ["timezone", "time zone", "tz", "fuseau", "fuseau horaire"].map((word) => [word, "timezone"] as const),
  ),
  ...Object.fromEntries(
    ["country", "country code", "pays", "pais", "code pays"].map((word) => [word, "country"] as const),
  ),
  ...Object.fromEntries(["tags", "tag", "labels", "etiquettes"].map((word) => [word, "tags"] as const)),
  ...Object.fromEntries(
    ["opt in source", "consent source", "source consentement", "source du consentement"].map(
      (word) => [word, "consentSource"] as const,
    ),
  ),
  ...Object.fromEntries(
    ["opt in wording", "consent wording", "wording", "consent text", "texte consentement"].map(
      (word) => [word, "consentWording"] as const,
    ),
  ),
  ...Object.fromEntries(
    ["opt in at", "opt in date", "consent at", "consent date", "date consentement"].map(
      (word) => [word, "consentAt"] as const,
    ),
  ),
};

/** What the columns probably are by their names; what is not known becomes an attribute of that name. Pure. */
export function guessMapping(columns: readonly string[]): Record<string, ImportTarget> {
  const taken = new Set<ImportTarget>();
  const guess = (name: string): ImportTarget => {
    const known = words[plain(name)];
    const attribute: ImportTarget = `attribute:${attributeName(name)}`;
    const wanted = known ?? (attributeName(name) === "" ? "ignore" : attribute);
    if (wanted !== "ignore" && taken.has(wanted)) return "ignore";
    taken.add(wanted);
    return wanted;
  };
  return Object.fromEntries(columns.map((name, index) => [String(index), guess(name)]));
}

const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim()
    .toLowerCase();

/** "Credit score" becomes creditScore, as events name things. */
const attributeName = (name: string): string =>
  plain(name)
    .replace(/[^a-z0-9 ]/g, "")
    .split(" ")
    .filter(Boolean)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("")
    .slice(0, 60);
