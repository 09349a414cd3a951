import { expect, test } from "vitest";
import type { DraftContent } from "#flow/lint-template.ts";
import { compareTexts } from "./compare-texts.ts";

const text: DraftContent = {
  language: "en",
  header: { kind: "text", text: "Payment reminder" },
  body: "Hello {{first_name}}, pay by Friday.",
  footer: "Banco Demo",
  buttons: [
    { kind: "link", id: "pay", text: "Pay now" },
    { kind: "quick-reply", id: "later", text: "Remind me" },
  ],
};

const summary = (before: DraftContent | null, after: DraftContent | null) =>
  compareTexts(before, after, (kind) => kind).changes.map(({ part, kind }) => `${part} ${kind}`);

test.each<[string, DraftContent | null, DraftContent | null, string[]]>([
  ["nothing", text, text, []],
  ["the body's words", text, { ...text, body: "Hello {{first_name}}, pay by Monday." }, ["body changed"]],
  ["a header that is gone", text, { ...text, header: null }, ["header removed"]],
  ["a footer that is new", { ...text, footer: null }, text, ["footer added"]],
  [
    "one button in the place of another",
    text,
    {
      ...text,
      buttons: [
        { kind: "link", id: "pay", text: "Pay now" },
        { kind: "quick-reply", id: "auto", text: "Auto-pay" },
      ],
    },
    ["button removed", "button added"],
  ],
  ["buttons that changed places", text, { ...text, buttons: text.buttons.toReversed() }, []],
  [
    "a language that is new",
    null,
    text,
    ["header added", "body added", "footer added", "button added", "button added"],
  ],
])("what differs: %s", (_, before, after, expected) => {
  expect(summary(before, after)).toEqual(expected);
});

test("a link that leads elsewhere is a change, though its words stay", () => {
  const link = (url: string): DraftContent => ({ ...text, buttons: [{ kind: "url", id: "site", text: "Open", url }] });
  expect(summary(link("https://bank.example"), link("https://other.example"))).toEqual(["button changed"]);
});
