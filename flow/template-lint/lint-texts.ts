import type { DraftContent } from "../lint-template.ts";
import { isNumber, variablesIn } from "../template.ts";
import { countedLength, templateLimits } from "../template-limits.ts";
import { error, type Local, those, warning } from "./finding.ts";

const variable = /\{\{([a-z_][a-z0-9_]*|[1-9]\d?)\}\}/g;

export function lintHeader({ header }: DraftContent, samples: Record<string, string>): Local[] {
  if (header?.kind === "document") return header.fileName.trim() === "" ? [error("file-name-missing", "header")] : [];
  if (header?.kind !== "text") return [];
  const { text } = header;
  const length = countedLength(text, samples);
  return [
    ...those(
      [text.trim() === "", error("header-empty", "header")],
      [length > templateLimits.header, error("header-too-long", "header", { length, limit: templateLimits.header })],
      [variablesIn(text).length > 1, error("header-variables", "header")],
      [/[\n*_~`]|\p{Extended_Pictographic}/u.test(text.replace(variable, "")), error("header-formatting", "header")],
    ),
    ...lintBraces(text, "header"),
  ];
}

/** The text of a message or, with another field and limit, of a card. */
export function lintBody(
  body: string,
  samples: Record<string, string>,
  { field = "body", limit = templateLimits.body }: { field?: string; limit?: number } = {},
): Local[] {
  const text = body.trim();
  if (text === "") return [error("body-empty", field)];
  const count = variablesIn(text).length;
  const words = text
    .replace(variable, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const length = countedLength(body, samples);
  return [
    ...those(
      [length > limit, error("body-too-long", field, { length, limit })],
      [text.replace(variable, "\0").startsWith("\0"), error("variable-starts-body", field)],
      [text.replace(variable, "\0").endsWith("\0"), error("variable-ends-body", field)],
      [/\}\}\s*\{\{/.test(text), error("variables-touch", field)],
      // The exact ratio is not documented; the leanest sample of Meta's own that was accepted has four words for each variable.
      [count > 0 && words < 2 * count + 1, error("too-many-variables", field, { count, words })],
      [count > 0 && words >= 2 * count + 1 && words < 3 * count + 1, warning("few-words", field, { count, words })],
      [/\n{3,}/.test(body), error("blank-lines", field)],
    ),
    ...lintBraces(body, field),
  ];
}

/** Braces that are no variable ({{Name}}, {{0}}, a lonely {{) would reach the customer as they are. */
function lintBraces(text: string, field: string): Local[] {
  const odd = text.replace(variable, "").match(/\{\{[^}]*\}?\}?|\}\}/)?.[0];
  return odd === undefined ? [] : [error("broken-variable", field, { text: odd })];
}

export function lintFooter({ footer }: DraftContent): Local[] {
  if (footer === null) return [];
  const { length } = footer;
  return those(
    [length > templateLimits.footer, error("footer-too-long", "footer", { length, limit: templateLimits.footer })],
    [footer.includes("{{"), error("footer-variable", "footer")],
  );
}

/** A template has names or numbers, and numbers count from 1 without a gap, in header and body each by itself. */
export function lintNumbers({ header, body }: DraftContent): Local[] {
  const places = [
    { field: "header", names: header?.kind === "text" ? variablesIn(header.text) : [] },
    { field: "body", names: variablesIn(body) },
  ];
  const inCards = header?.kind === "cards" ? header.cards.flatMap((card) => variablesIn(card.body)) : [];
  const all = [...places.flatMap(({ names }) => names), ...inCards];
  const isMixed = all.some(isNumber) && !all.every(isNumber);
  if (isMixed) return [error("variables-mixed", "body")];
  return places.flatMap(({ field, names }) => {
    const highest = Math.max(0, ...names.filter(isNumber).map(Number));
    return highest > names.length && names.some(isNumber) ? [error("variable-gap", field, { highest })] : [];
  });
}
