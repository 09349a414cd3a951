import { type ChangeKind, changeSigns } from "./change-marks.ts";

/** A stretch of a message: plain text, a blank of a template by its name, or marked text with what is inside it. */
export type Piece =
  | { kind: "text"; text: string }
  | { kind: "blank"; name: string }
  | { kind: "bold" | "italic" | "strike" | "mono" | ChangeKind; pieces: Piece[] };

const marks = [
  { kind: "mono", mark: "```" },
  { kind: "bold", mark: "*" },
  { kind: "italic", mark: "_" },
  { kind: "strike", mark: "~" },
] as const;

/**
 * Reads WhatsApp's own marks (*bold*, _italic_, ~strike~, ```mono```) and the blanks {{name}}. Everything else is text as it
 * stands, but for words that a comparison has marked (change-marks.ts). A mark counts only at a word's edge and around something that is no space, as on WhatsApp: "a*b*c" and "2 * 3 * 4" stay.
 */
export function parseRichText(text: string): Piece[] {
  const found = firstMark(text);
  if (!found) return splitBlanks(text);
  const { start, end, mark, kind } = found;
  const inner = text.slice(start + mark.length, end - mark.length);
  const pieces = kind === "mono" ? splitBlanks(inner) : parseRichText(inner);
  return [...splitBlanks(text.slice(0, start)), { kind, pieces }, ...parseRichText(text.slice(end))];
}

type Found = { kind: Exclude<Piece["kind"], "text" | "blank">; mark: string; start: number; end: number };

function changesIn(text: string): Found[] {
  return (["removed", "added"] as const).flatMap((kind) => {
    const [open, close] = changeSigns[kind];
    const start = text.indexOf(open);
    const end = text.indexOf(close, start);
    return start >= 0 && end > start ? [{ kind, mark: open, start, end: end + 1 }] : [];
  });
}

function firstMark(text: string): Found | undefined {
  const hidden = hideBlanks(text);
  const matches: Found[] = marks.flatMap(({ kind, mark }) => {
    const sign = mark.replaceAll("*", "\\*");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${sign}(?=\\S)(.+?)(?<=\\S)${sign}(?![\\p{L}\\p{N}_])`, "su");
    const match = pattern.exec(hidden);
    return match ? [{ kind, mark, start: match.index, end: match.index + match[0].length }] : [];
  });
  return [...matches, ...changesIn(hidden)].sort((left, right) => left.start - right.start)[0];
}

/** Names of blanks contain "_", which must not open italics. Same length, so that positions stay true. */
const hideBlanks = (text: string) => text.replace(/\{\{[a-z0-9_]+\}\}/g, (blank) => "x".repeat(blank.length));

function splitBlanks(text: string): Piece[] {
  return text
    .split(/(\{\{[a-z_][a-z0-9_]*\}\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const name = /^\{\{([a-z_][a-z0-9_]*)\}\}$/.exec(part)?.[1];
      return name ? { kind: "blank", name } : { kind: "text", text: part };
    });
}
