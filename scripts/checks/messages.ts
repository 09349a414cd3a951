import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import compile from "icu-minify/compile";
import type { Problem, SourceTree } from "./source-tree.ts";

const languages = ["en", "fr"];
/** Languages of the public pages alone, and what those say. */
const publicLanguages = ["es", "pt", "hi"];
const publicRooms = ["upload", "optIn", "links"];

/** Every text exists in every language, with the same placeholders and tags; those of public pages in their languages, too. */
export const checkMessages = ({ root }: SourceTree): Problem[] => [...checkScreens(root), ...checkPublic(root)];

function checkScreens(root: string): Problem[] {
  const files = languages.map((language) => ({
    file: `messages/${language}.json`,
    texts: readTexts(root, `messages/${language}.json`),
  }));
  return files.flatMap(({ file, texts }) => {
    if (texts.size === 0) return [{ path: file, line: 1, rule: "messages", message: "is missing or empty" }];
    return [
      ...dottedNames(file, texts),
      ...unreadable(file, texts),
      ...files.filter((other) => other.file !== file).flatMap((other) => differences(file, texts, other.texts)),
    ];
  });
}

function checkPublic(root: string): Problem[] {
  const isPublic = ([key]: [string, string]) => publicRooms.some((room) => key.startsWith(`${room}.`));
  const english = new Map([...readTexts(root, "messages/en.json")].filter(isPublic));
  if (english.size === 0) return [];
  return publicLanguages.flatMap((language) => {
    const file = `messages/public/${language}.json`;
    const texts = readTexts(root, file);
    return [
      ...unreadable(file, texts),
      ...differences(file, texts, english),
      ...differences("messages/en.json", english, texts),
    ];
  });
}

/** Texts that are no ICU messages would show their key instead: a select whose case has a hyphen, a brace that is not closed. */
const unreadable = (file: string, texts: Map<string, string>): Problem[] =>
  [...texts].flatMap(([key, text]) => {
    try {
      compile(text);
      return [];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [{ path: file, line: 1, rule: "messages", message: `${key} cannot be read: ${why}` }];
    }
  });

/** A dot leads from a text to the one below it: a name that holds one can never be looked up. */
const dottedNames = (file: string, texts: Map<string, string>): Problem[] =>
  [...texts.keys()]
    .filter((key) => key.includes(dottedMark))
    .map((key) => ({ path: file, line: 1, rule: "messages", message: `${key} has a dot in a name` }));

const dottedMark = "\u2024";

function differences(file: string, texts: Map<string, string>, others: Map<string, string>): Problem[] {
  const at = (message: string): Problem => ({ path: file, line: 1, rule: "messages", message });
  return [...others].flatMap(([key, otherText]) => {
    const text = texts.get(key);
    if (text === undefined) return [at(`has no text for ${key}`)];
    if (text.trim() === "") return [at(`${key} is empty`)];
    const [mine, theirs] = [placeholders(text), placeholders(otherText)];
    const missing = [...theirs].filter((name) => !mine.has(name));
    return missing.length > 0 ? [at(`${key} lacks the placeholder ${missing.join(", ")}`)] : [];
  });
}

/** Names of arguments and tags of an ICU message: `{count, plural, one {# <b>file</b>} other {...}}` has count and <b>. */
export function placeholders(text: string): Set<string> {
  const unquoted = text.replace(/'[{}<>][^']*'/g, "");
  const tags = [...unquoted.matchAll(/<([a-zA-Z][a-zA-Z0-9]*)>/g)].map(([tag]) => tag);
  return new Set([...tags, ...argumentNames(unquoted)]);
}

/** `{name}` and `{name, plural, one {text} other {text}}`: the texts of the branches may hold arguments again. */
function argumentNames(text: string): string[] {
  return groups(text).flatMap((group) => {
    const [name = "", , ...branches] = group.split(",");
    return [name.trim(), ...groups(branches.join(",")).flatMap(argumentNames)];
  });
}

/** What stands between each outermost pair of braces. */
function groups(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "{" && depth++ === 0) start = index + 1;
    if (text[index] === "}" && --depth === 0) found.push(text.slice(start, index));
  }
  return found;
}

/** The texts of a file by where they stand: "flows.title". A dot in a name is shown as another mark. */
export function readTexts(root: string, file: string): Map<string, string> {
  const place = path.join(root, file);
  const texts = new Map<string, string>();
  if (!existsSync(place)) return texts;
  const walk = (value: unknown, key: string): void => {
    if (typeof value === "string") texts.set(key, value);
    else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        const shown = name.replaceAll(".", dottedMark);
        walk(inner, key ? `${key}.${shown}` : shown);
      }
    }
  };
  walk(JSON.parse(readFileSync(place, "utf8")), "");
  return texts;
}
