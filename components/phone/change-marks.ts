import { diffArrays } from "diff";

/**
 * Two texts compared word by word. What differs is put between private-use characters, which nobody types and which `RichText`
 * draws struck or underlined: so a comparison passes through every part of the phone that draws text.
 */
export const changeSigns = { removed: ["\ue000", "\ue001"], added: ["\ue002", "\ue003"] } as const;
export type ChangeKind = keyof typeof changeSigns;

/** Whether a comparison has marked anything in a text. */
export const hasChanges = (text: string): boolean => /[\ue000\ue002]/.test(text);

/** The whole text as removed or added. */
export const markWhole = (kind: ChangeKind, text: string): string =>
  text === "" ? "" : `${changeSigns[kind][0]}${text}${changeSigns[kind][1]}`;

/** The old text with its removed words marked, and the new one with its added words. A blank {{name}} counts as one word. */
export function markWords(before: string, after: string): { before: string; after: string } {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const kept = keptWords(old, now);
  return { before: markRuns("removed", old, kept.old), after: markRuns("added", now, kept.now) };
}

/** Both texts as one: what went, and in its place what came. For a line that has no room for two. */
export function markTogether(before: string, after: string): string {
  return diffArrays(wordsOf(before), wordsOf(after))
    .map(({ value, added, removed }) => {
      const words = value.join("");
      return added ? markWhole("added", words) : removed ? markWhole("removed", words) : words;
    })
    .join("");
}

const wordsOf = (text: string): string[] => text.match(/\{\{[^{}\s]*\}\}|\s+|[*_~]+|[^\s{*_~]+|\{/g) ?? [];

/** Which words both texts have in the same order. */
function keptWords(old: string[], now: string[]): { old: boolean[]; now: boolean[] } {
  const parts = diffArrays(old, now);
  const inOld = parts.filter(({ added }) => !added).flatMap(({ value, removed }) => value.map(() => !removed));
  const inNow = parts.filter(({ removed }) => !removed).flatMap(({ value, added }) => value.map(() => !added));
  return { old: inOld, now: inNow };
}

/** Marks runs of words, with the spaces inside a run but not around it. */
function markRuns(kind: ChangeKind, words: string[], kept: boolean[]): string {
  const isSpace = (index: number): boolean => /^\s+$/.test(words[index] ?? "");
  const isChanged = words.map((_, index) => kept[index] === false && !isSpace(index));
  const isMarked = words.map(
    (_, index) =>
      isChanged[index] || (isSpace(index) && Boolean(isChanged[index - 1]) && Boolean(isChanged[index + 1])),
  );
  const [open, close] = changeSigns[kind];
  return words
    .map((word, index) => {
      const begins = isMarked[index] && !isMarked[index - 1] ? open : "";
      const ends = isMarked[index] && !isMarked[index + 1] ? close : "";
      return begins + word + ends;
    })
    .join("");
}
