import { expect, test } from "vitest";
import { step } from "#flow/starters/starter.ts";
import type { Catalog, TemplateInfo } from "#flow/template.ts";
import { answerIn } from "./answer-in.ts";
import { handlesOf } from "./step-handles.ts";

const said = (language: string, yes: string): TemplateInfo["languages"][number] => ({
  language,
  status: "approved",
  header: null,
  body: "?",
  footer: null,
  buttons: [{ kind: "quick-reply", id: "yes", text: yes }],
});
const asks: TemplateInfo = {
  name: "asks",
  category: "utility",
  samples: {},
  languages: [said("en", "Yes, please"), said("fr", "Oui, volontiers")],
};
const inCards: TemplateInfo = {
  ...asks,
  name: "cards",
  languages: asks.languages.map(({ buttons, ...rest }) => ({
    ...rest,
    header: { kind: "cards", media: "image", cards: [{ body: "One", buttons }] },
    buttons: [],
  })),
};
const catalog: Catalog = { templates: [asks, inCards] };

test.each([
  ["the maker's language", "asks", "button:yes", "fr", "Oui, volontiers"],
  ["a language that the message lacks: English", "asks", "button:yes", "hi", "Yes, please"],
  ["a button of a card, with the card's number", "cards", "button:yes", "fr", "1. Oui, volontiers"],
  ["a way that nobody presses", "asks", "failed", "fr", undefined],
])("%s", (_, template, id, locale, expected) => {
  const node = step("s", "send", [0, 0], { template, values: {} });
  const way = handlesOf(node, catalog).find((handle) => handle.id === id);
  expect(way && answerIn(node, way, catalog, locale)).toBe(expected);
});
