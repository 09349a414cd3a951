import { describe, expect, test } from "vitest";
import { type FreeContent, freeKind, freeVariables } from "#flow/free-message.ts";
import { lintFree } from "#flow/lint-free.ts";
import {
  addAnswer,
  addLanguage,
  addRow,
  addSection,
  contentsOf,
  emptyContent,
  inAll,
  removeButton,
  removeRow,
  withKind,
} from "./free-edits.ts";

const kinds = ["text", "image", "video", "audio", "document", "buttons", "list", "link"] as const;
const from = (content: FreeContent) => kinds.map((kind) => [kind, content] as const);
const full: FreeContent = {
  ...emptyContent("en"),
  header: { kind: "image" },
  body: "Which one?",
  footer: "Free of charge",
  buttons: [{ kind: "quick-reply", id: "card", text: "Card" }],
};

describe("another kind of message", () => {
  test.each([...from(full), ...from(withKind(full, "list")), ...from(withKind(full, "audio"))])(
    "becomes a %s that WhatsApp takes once its words are written",
    (kind, content) => {
      const changed = withKind(content, kind);
      expect(freeKind(changed)).toBe(kind);
      const rules = new Set(lintFree([changed]).map(({ rule }) => rule));
      rules.delete("free-empty");
      expect([...rules]).toEqual([]);
    },
  );

  test("keeps the text, and the answers where they are answers still", () => {
    expect(withKind(full, "list").body).toBe("Which one?");
    expect(withKind(withKind(full, "buttons"), "buttons").buttons).toEqual(full.buttons);
  });
});

test("what is added has one id in all languages, and no language gets another's words", () => {
  const two = addLanguage([full], "fr");
  expect(two[1]).toMatchObject({ language: "fr", body: "", footer: "", buttons: [{ id: "card", text: "" }] });
  const [en, fr] = addAnswer(two);
  expect(en?.buttons.map(({ id }) => id)).toEqual(["card", "answer"]);
  expect(fr?.buttons.map(({ id }) => id)).toEqual(["card", "answer"]);
  expect(removeButton(two, "card").flatMap(({ buttons }) => buttons)).toEqual([]);
});

test("rows and sections of a list come and go together in all languages", () => {
  const lists = inAll(addLanguage([full], "fr"), (content) => withKind(content, "list"));
  const grown = addRow(addSection(lists), 1);
  const ids = grown.map(({ list }) => list?.sections.map(({ rows }) => rows.map(({ id }) => id)));
  expect(ids).toEqual([
    [["answer"], ["answer-2", "answer-3"]],
    [["answer"], ["answer-2", "answer-3"]],
  ]);
  expect(removeRow(grown, "answer-2")[1]?.list?.sections[1]?.rows).toHaveLength(1);
});

test("a draft that cannot be read begins anew, and blanks are found wherever they stand", () => {
  expect(contentsOf("nonsense")).toEqual([emptyContent("en")]);
  const blanks: FreeContent = {
    ...full,
    body: "Hello {{first_name}}, {{amount}}",
    buttons: [{ kind: "url", id: "open", text: "Open", url: "https://bank.example/{{loan_id}}" }],
  };
  expect(freeVariables(blanks)).toEqual(["image", "first_name", "amount", "loan_id"]);
});
