import { expect, test } from "vitest";
import { type DraftContent, lintTemplate } from "../lint-template.ts";
import { fixFinding } from "./fix-finding.ts";

const plain: DraftContent = {
  language: "fr",
  header: null,
  body: "Bonjour {{first_name}}, il manque un document pour ouvrir votre compte.",
  footer: null,
  buttons: [],
};

const check = (content: DraftContent) =>
  lintTemplate({ name: "kyc", category: "utility", samples: { first_name: "Awa" }, languages: [content] });

test.each<[string, Partial<DraftContent>, Partial<DraftContent>]>([
  [
    "a greeting goes before a variable at the start",
    { body: "{{first_name}}, il manque un document pour ouvrir votre compte." },
    { body: plain.body },
  ],
  [
    "a full stop goes behind a variable at the end",
    { body: "Il manque un document pour votre compte, {{first_name}} " },
    { body: "Il manque un document pour votre compte, {{first_name}}." },
  ],
  ["empty lines are made one", { body: "Un\n\n\n\nDeux" }, { body: "Un\n\nDeux" }],
  [
    "marks and pictures leave the header, its variable stays",
    { header: { kind: "text", text: "*Bonjour* 🎉 {{first_name}}" } },
    { header: { kind: "text", text: "Bonjour {{first_name}}" } },
  ],
  [
    "quick replies are put together, in their order",
    {
      buttons: [
        { kind: "link", id: "a", text: "Lien" },
        { kind: "quick-reply", id: "b", text: "Oui" },
        { kind: "phone", id: "c", text: "Appel", phone: "+221338001234" },
        { kind: "quick-reply", id: "d", text: "Non" },
      ],
    },
    {
      buttons: [
        { kind: "quick-reply", id: "b", text: "Oui" },
        { kind: "quick-reply", id: "d", text: "Non" },
        { kind: "link", id: "a", text: "Lien" },
        { kind: "phone", id: "c", text: "Appel", phone: "+221338001234" },
      ],
    },
  ],
])("%s", (_, wrong, right) => {
  const content = { ...plain, ...wrong };
  const [finding] = check(content);
  const fixed = finding && fixFinding(finding, content);
  expect(fixed).toEqual({ ...plain, ...right });
  expect(fixed && check(fixed)).toEqual([]);
});

test("what has no plain way out is left to people", () => {
  const content = { ...plain, body: "" };
  const [finding] = check(content);
  expect(finding && fixFinding(finding, content)).toBeNull();
});
