import type { Json, JsonObject } from "#flow/json.ts";
import type { RuleSource } from "#flow/rule.ts";

/** A value that rules and blanks can read, with what it looks like. */
export type KnownPath = { path: string; source: RuleSource; name: string; sample: Json | undefined };

const builtIn: { name: string; sample: Json }[] = [
  { name: "firstName", sample: "Aïssatou" },
  { name: "locale", sample: "fr" },
  { name: "timezone", sample: "Africa/Dakar" },
  { name: "tags", sample: ["vip"] },
];

/** What is known of every contact, and then of those of the workspace: nested attributes by their dotted path. */
export function contactPaths(attributes: JsonObject): KnownPath[] {
  const names = new Map<string, Json>(builtIn.map(({ name, sample }) => [name, attributes[name] ?? sample]));
  for (const [name, value] of Object.entries(attributes)) {
    for (const [leaf, inner] of isDocument(value) ? leaves(value, name) : [[name, value] as const])
      if (!names.has(leaf)) names.set(leaf, inner);
  }
  return [...names].map(([name, sample]) => ({ path: `contact.${name}`, source: "contact", name, sample }));
}

const isDocument = (value: Json): boolean => value !== null && typeof value === "object" && !Array.isArray(value);

/** Properties of an event, nested ones by their dotted path; of a list its first item, which is what a message can show. */
export function leaves(value: Json, name = ""): [string, Json][] {
  if (value === null || typeof value !== "object" || name.split(".").length > deepestPath)
    return name ? [[name, value]] : [];
  const parts = Array.isArray(value)
    ? value.slice(0, 1).map((item, index) => [String(index), item] as const)
    : Object.entries(value);
  return parts.flatMap(([key, part]) => leaves(part, name ? `${name}.${key}` : key));
}

const deepestPath = 4;

/** The currency that travels with an amount: a value of that name beside it, as its sample has it. */
export function currencyBeside(path: string, known: readonly KnownPath[]): string | undefined {
  const beside = path.slice(0, path.lastIndexOf("."));
  const currency = known.find(
    (other) => /\.(currency|devise)$/i.test(other.path) && other.path.startsWith(`${beside}.`),
  );
  return typeof currency?.sample === "string" ? currency.sample : undefined;
}
