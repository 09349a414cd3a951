import { bindingOf } from "#components/flow-canvas/template-words.ts";
import type { KnownPath } from "#components/rule-builder/known-path.ts";
import { isAmount } from "#components/rule-builder/value-kind.ts";
import type { Binding, Formatter } from "#flow/binding.ts";
import { messageVariables } from "#flow/free-message.ts";
import { allButtons, type TemplateInfo } from "#flow/template.ts";

/**
 * Fills a template's blanks by name ("due_date" finds event.dueDate), so that most of them need no hand. What already fills a
 * blank stays; a blank nothing fits stays open and is reported.
 */
export function suggestBindings(
  template: TemplateInfo,
  known: readonly KnownPath[],
  existing: unknown,
): Record<string, Binding> {
  const entries = messageVariables(template).flatMap((variable): [string, Binding][] => {
    const binding = bindingOf(existing, variable) ?? suggest(template, variable, known);
    return binding ? [[variable, binding]] : [];
  });
  return Object.fromEntries(entries);
}

function suggest(template: TemplateInfo, variable: string, known: readonly KnownPath[]): Binding | null {
  if (variable.startsWith("link.")) return suggestLink(template, variable.slice(5));
  const wanted = plain(variable);
  const exact = known.filter((path) => plain(path.name) === wanted || plain(lastWord(path.name)) === wanted);
  const fits = exact.length > 0 ? exact : known.filter((path) => isAlike(plain(path.name), wanted));
  // The event is what the message is about; the person's own facts come second.
  const path = fits.find((candidate) => candidate.source === "event") ?? fits[0];
  return path ? { from: "path", path: path.path, format: formatFor(path, known), fallback: null } : null;
}

function suggestLink(template: TemplateInfo, buttonId: string): Binding | null {
  const texts = template.languages.flatMap((content) =>
    allButtons(content)
      .filter((button) => button.id === buttonId)
      .map((button) => button.text),
  );
  const isUpload = [buttonId, ...texts].some((text) => /upload|document|envoy|téléverser|subir|enviar/i.test(text));
  return isUpload ? { from: "link", kind: "upload", validHours: 48 } : null;
}

/** How a value is best written: money where a currency travels with it, dates as dates, the rest as it is. */
export function formatFor({ source, name, sample }: KnownPath, known: readonly KnownPath[]): Formatter {
  const currency = known.find((path) => path.source === source && /^currency$/i.test(path.name));
  if (typeof sample === "number" && currency && isAmount(name)) return { kind: "money", currencyPath: currency.path };
  if (typeof sample === "number") return { kind: "number" };
  if (typeof sample === "string" && /^\d{4}-\d{2}-\d{2}/.test(sample)) return { kind: "date", style: "long" };
  return { kind: "text" };
}

/** Item numbers and signs aside: "missing.0" is about "missing". */
const plain = (name: string): string => name.replaceAll(/\.\d+|[^a-z0-9]/gi, "").toLowerCase();
const lastWord = (name: string): string =>
  name
    .replace(/\.\d+$/, "")
    .split(".")
    .at(-1) ?? "";

/** "missing" and "missing_document": one begins with the other, and what they share is a word and not a letter or two. */
const isAlike = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));
