import { expect, test } from "vitest";
import type { TemplateInfo, TemplateStatus } from "#flow/template.ts";
import { templateCoverage } from "./template-coverage.ts";

const template = (name: string, statuses: Record<string, TemplateStatus>): TemplateInfo => ({
  ...{ name, category: "utility", samples: {} },
  languages: Object.entries(statuses).map(([language, status]) => ({
    ...{ language, status },
    ...{ header: null, body: "Hello", footer: null, buttons: [] },
  })),
});

const send = (id: string, name: string) => ({ id, type: "send", position: { x: 0, y: 0 }, data: { template: name } });

test("a language counts when every template the flow sends has it approved; who is left out is told by share", () => {
  const templates = [
    template("first", { en: "approved", fr: "approved", es: "submitted" }),
    template("second", { en: "approved", fr: "approved", es: "approved" }),
    template("unused", { en: "draft" }),
  ];
  const people = { fr: 60, en: 30, es: 8, hi: 2 };
  expect(
    templateCoverage([send("a", "first"), send("b", "second")], { templates, peopleByLanguage: people }, "en"),
  ).toEqual({
    approved: ["en", "fr"],
    otherwise: [
      { language: "es", instead: "en", share: 0.08 },
      { language: "hi", instead: "en", share: 0.02 },
    ],
  });
});

test("nothing is approved yet: nobody is told that they read another language", () => {
  const templates = [template("first", { en: "draft" })];
  expect(templateCoverage([send("a", "first")], { templates, peopleByLanguage: { en: 5 } }, "en")).toEqual({
    approved: [],
    otherwise: [{ language: "en", instead: null, share: 1 }],
  });
});
