import { expect, test } from "vitest";
import type { SendRequest } from "#db/schema/index.ts";
import type { TemplateLanguage } from "./load-facts.ts";
import { chooseLanguage, renderMessage } from "./render-message.ts";

const language = (name: string, status: TemplateLanguage["status"] = "approved"): TemplateLanguage => ({
  language: name,
  header: { kind: "text", text: "Hi {{first_name}}" },
  body: "Send us {{what}}.",
  footer: null,
  buttons: [
    { kind: "link", id: "upload", text: "Upload" },
    { kind: "quick-reply", id: "help", text: "Help" },
    { kind: "phone", id: "call", text: "Call", phone: "+221338000000" },
  ],
  status,
});

test.each([
  ["fr_FR", ["en", "fr_FR"], "fr_FR"],
  ["fr-FR", ["en", "fr"], "fr"],
  ["fr", ["en", "fr_CA"], "fr_CA"],
  ["de", ["fr", "en"], "en"],
  [null, ["fr", "en"], "en"],
  ["de", ["es"], "es"],
])("a person with locale %j and a template in %j reads %s", (locale, names, expected) => {
  expect(
    chooseLanguage(
      names.map((name) => language(name)),
      locale,
      "en",
    )?.language,
  ).toBe(expected);
});

test("an approved language of the workspace is better than one's own that is still in review", () => {
  const languages = [language("fr", "submitted"), language("en")];
  expect(chooseLanguage(languages, "fr", "en")?.language).toBe("en");
  expect(chooseLanguage(languages.slice(0, 1), "fr", "en")?.status).toBe("submitted");
});

const request: SendRequest = {
  template: "kyc",
  purpose: "service",
  values: { first_name: "Awa {{what}}", what: "your ID" },
  links: { "link.upload": { from: "link", kind: "upload", validHours: 24 } },
  sendingHours: null,
};
const options = { publicUrl: "https://bank.example", knownCodes: {} };

test("a message carries its values, its link's code and its button's id, and expands nothing twice", () => {
  const { content, outgoing, codes, missingVariables } = renderMessage({ request }, language("en"), options);
  const code = codes["link.upload"] ?? "";
  expect(code).toMatch(/^[0-9A-Za-z]{10}$/);
  expect(content.header).toEqual({ kind: "text", text: "Hi Awa {{what}}" });
  expect(content.body).toBe("Send us your ID.");
  expect(content.buttons?.[0]?.url).toBe(`https://bank.example/r/${code}`);
  expect(missingVariables).toEqual([]);
  expect(outgoing).toMatchObject({
    header: { kind: "text", values: { first_name: "Awa {{what}}" } },
    body: { what: "your ID" },
    buttons: [
      { index: 0, kind: "link", value: code },
      { index: 1, kind: "quick-reply", value: "help" },
    ],
  });
});

test("a second attempt keeps the link's code", () => {
  const again = renderMessage({ request }, language("en"), { ...options, knownCodes: { "link.upload": "0123456789" } });
  expect(again.codes).toEqual({ "link.upload": "0123456789" });
});

test("what has no value is named", () => {
  const bare = { ...request, values: { first_name: null }, links: {} };
  expect(renderMessage({ request: bare }, language("en"), options).missingVariables).toEqual([
    "first_name",
    "what",
    "link.upload",
  ]);
});
