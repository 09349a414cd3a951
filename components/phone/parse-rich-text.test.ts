import { expect, test } from "vitest";
import { type Piece, parseRichText } from "./parse-rich-text.ts";

const shown = (pieces: Piece[]): string =>
  pieces
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      if (piece.kind === "blank") return `[${piece.name}]`;
      return `<${piece.kind}>${shown(piece.pieces)}</${piece.kind}>`;
    })
    .join("");

test.each([
  ["plain words stay", "Hello Awa", "Hello Awa"],
  ["bold", "Pay *25 000 F CFA* now", "Pay <bold>25 000 F CFA</bold> now"],
  ["all four marks", "*b* _i_ ~s~ ```m```", "<bold>b</bold> <italic>i</italic> <strike>s</strike> <mono>m</mono>"],
  ["marks inside marks", "*very _much_ so*", "<bold>very <italic>much</italic> so</bold>"],
  ["no marks inside mono", "```*a*```", "<mono>*a*</mono>"],
  ["inside a word a star is a star", "a*b*c", "a*b*c"],
  ["around spaces a star is a star", "2 * 3 * 4", "2 * 3 * 4"],
  ["an open mark stays", "*not closed", "*not closed"],
  ["markup is text", "<b>x</b>", "<b>x</b>"],
  ["a blank", "Hello {{first_name}}, hi", "Hello [first_name], hi"],
  ["underscores of blanks open nothing", "{{first_name}} and {{last_name}}", "[first_name] and [last_name]"],
  ["a bold blank", "*{{due_date}}*", "<bold>[due_date]</bold>"],
  ["bold over lines", "*one\ntwo*", "<bold>one\ntwo</bold>"],
])("%s", (_, text, expected) => expect(shown(parseRichText(text))).toBe(expected));
