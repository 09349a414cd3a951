import { expect, test } from "vitest";
import { changeSigns, markTogether, markWords } from "./change-marks.ts";
import { parseRichText } from "./parse-rich-text.ts";

/** [-removed-] and [+added+], so that a person can read it. */
const readable = (text: string): string =>
  text
    .replaceAll(changeSigns.removed[0], "[-")
    .replaceAll(changeSigns.removed[1], "-]")
    .replaceAll(changeSigns.added[0], "[+")
    .replaceAll(changeSigns.added[1], "+]");

test.each([
  ["nothing differs", "Pay by Friday.", "Pay by Friday.", "Pay by Friday.", "Pay by Friday."],
  ["one word", "Pay by Friday.", "Pay by Monday.", "Pay by [-Friday.-]", "Pay by [+Monday.+]"],
  [
    "a sentence is one run, its spaces inside",
    "Due. Please pay in time",
    "Due. Or let us collect",
    "Due. [-Please pay in time-]",
    "Due. [+Or let us collect+]",
  ],
  [
    "a blank is one word",
    "Hello {{first_name}},",
    "Hello {{name}},",
    "Hello [-{{first_name}}-],",
    "Hello [+{{name}}+],",
  ],
  ["everything is new", "", "Hello", "", "[+Hello+]"],
  ["a mark of WhatsApp stays outside", "Pay *now*", "Pay *later*", "Pay *[-now-]*", "Pay *[+later+]*"],
])("%s", (_, before, after, old, now) => {
  const marked = markWords(before, after);
  expect([readable(marked.before), readable(marked.after)]).toEqual([old, now]);
});

test.each([
  ["nothing differs", "Pay by Friday.", "Pay by Friday.", "Pay by Friday."],
  ["what went stands before what came", "Pay by Friday.", "Pay by Monday.", "Pay by [-Friday.-][+Monday.+]"],
  ["a new text", "", "Hello", "[+Hello+]"],
])("as one text: %s", (_, before, after, marked) => expect(readable(markTogether(before, after))).toBe(marked));

test("a marked word inside bold text is drawn bold and marked", () => {
  expect(parseRichText(markWords("Pay *now*", "Pay *later*").after)).toEqual([
    { kind: "text", text: "Pay " },
    { kind: "bold", pieces: [{ kind: "added", pieces: [{ kind: "text", text: "later" }] }] },
  ]);
});
