import { expect, test } from "vitest";
import type { TemplateInfo } from "#flow/template.ts";
import { languageShares } from "./language-shares.ts";

const template = (statuses: Record<string, "approved" | "in-review">): Pick<TemplateInfo, "languages"> => ({
  languages: Object.entries(statuses).map(([language, status]) => ({
    ...{ language, status },
    ...{ header: null, body: "Hello", footer: null, buttons: [] },
  })),
});

const shares = (statuses: Parameters<typeof template>[0], people: Record<string, number>) =>
  languageShares(template(statuses), people, "en").map(({ language, share, status, instead }) => [
    language,
    share,
    status ?? instead,
  ]);

test.each([
  [
    "the most spoken comes first, whatever its state",
    { en: "approved", fr: "in-review" } as const,
    { fr: 60, en: 40 },
    [
      ["fr", 0.6, "in-review"],
      ["en", 0.4, "approved"],
    ],
  ],
  [
    "a language it lacks says what its people get",
    { en: "approved", fr: "approved" } as const,
    { hi: 5, fr: 15 },
    [
      ["fr", 0.75, "approved"],
      ["hi", 0.25, "en"],
      ["en", 0, "approved"],
    ],
  ],
  [
    "a sister serves a language, and who speaks nobody knows what gets the workspace's",
    { pt_BR: "approved", en: "approved" } as const,
    { pt: 3, "": 1 },
    [
      ["pt_BR", 0.75, "approved"],
      ["en", 0.25, "approved"],
    ],
  ],
  ["without people there are no shares", { en: "approved" } as const, {}, [["en", null, "approved"]]],
])("%s", (_, statuses, people, expected) => expect(shares(statuses, people)).toEqual(expected));
