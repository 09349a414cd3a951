import { describe, expect, test } from "vitest";
import {
  type DraftButton,
  type DraftContent,
  lintTemplate,
  type TemplateDraft,
  templateRules,
} from "./lint-template.ts";
import { codeContent } from "./preset-texts.ts";
import { starters } from "./starters/index.ts";
import { countedLength } from "./template-limits.ts";

const english: DraftContent = {
  language: "en",
  header: null,
  body: "Hello {{first_name}}, one document is missing to open your account.",
  footer: "Reply STOP to opt out",
  buttons: [
    { kind: "quick-reply", id: "help", text: "Help" },
    { kind: "link", id: "upload", text: "Upload" },
  ],
};
const draft = (part: Partial<DraftContent> = {}, whole: Partial<TemplateDraft> = {}): TemplateDraft => ({
  name: "kyc",
  category: "utility",
  samples: { first_name: "Awa", amount: "25 000", place: "Dakar" },
  languages: [{ ...english, ...part }],
  ...whole,
});
const found = (template: TemplateDraft) => lintTemplate(template).map(({ rule, field }) => `${rule} ${field}`);
const reply = (id: string, text = id): DraftButton => ({ kind: "quick-reply", id, text });
const link = (id: string): DraftButton => ({ kind: "link", id, text: id });
const coupon = (id: string): DraftButton => ({ kind: "coupon", id, text: id });
const call = (id: string, phone = "+221338001234"): DraftButton => ({ kind: "phone", id, text: id, phone });

describe("what WhatsApp would refuse", () => {
  test("a sound template has no finding", () => expect(found(draft())).toEqual([]));

  test.each<[string, Partial<DraftContent>, string]>([
    ["an empty body", { body: "  " }, "body-empty body"],
    [
      "a body that starts with a variable",
      { body: "{{first_name}}, one document is missing today" },
      "variable-starts-body body",
    ],
    [
      "a body that ends with a variable",
      { body: "One document is missing for you, {{first_name}}" },
      "variable-ends-body body",
    ],
    [
      "two variables that touch",
      { body: "We saw a payment of {{amount}} {{place}} on your card today" },
      "variables-touch body",
    ],
    ["too many variables for the words", { body: "At {{place}} for {{amount}} today" }, "too-many-variables body"],
    ["few words for a variable", { body: "Hello {{first_name}}, good morning" }, "few-words body"],
    ["a variable with a capital", { body: "Hello {{Name}}, one document is missing" }, "broken-variable body"],
    ["a variable that counts from zero", { body: "Hello {{0}}, one document is missing" }, "broken-variable body"],
    [
      "names and numbers in one text",
      { body: "Hello {{1}}, the document {{first_name}} is missing here" },
      "variables-mixed body",
    ],
    ["a gap in the numbers", { body: "Hello {{2}}, one document is missing here" }, "variable-gap body"],
    ["a shortened address", { body: "One document is missing: see bit.ly/kyc today" }, "short-link body"],
    ["a full card number", { body: "Your card 4111 1111 1111 1111 is ready now" }, "card-number body"],
    ["a national id", { footer: "CPF 123.456.789-09" }, "personal-number footer"],
    ["an account number", { body: "Pay to DE89 3704 0044 0532 0130 00 by tomorrow" }, "personal-number body"],
    ["an offer in a utility template", { body: "Here is your exclusive offer for today" }, "reads-like-marketing body"],
    ["an offer in French", { footer: "Profitez de nos offres" }, "reads-like-marketing footer"],
    ["an offer in Hindi", { body: "आज आपके लिए विशेष ऑफ़र उपलब्ध है" }, "reads-like-marketing body"],
    [
      "a one-time code in another category",
      { body: "Your verification code is {{first_name}} for today" },
      "looks-like-code body",
    ],
    ["a language WhatsApp does not have", { language: "xx" }, "language-unknown language"],
    ["braces that never close", { body: "Hello {{first_name, one document is missing" }, "broken-variable body"],
    ["two empty lines in a row", { body: "Hello you\n\n\none document is missing" }, "blank-lines body"],
    ["a body over 1,024 characters", { body: "a".repeat(1025) }, "body-too-long body"],
    ["a header over 60 characters", { header: { kind: "text", text: "a".repeat(61) } }, "header-too-long header"],
    [
      "two variables in the header",
      { header: { kind: "text", text: "{{amount}} at {{place}}" } },
      "header-variables header",
    ],
    ["an emoji in the header", { header: { kind: "text", text: "Good news 🎉" } }, "header-formatting header"],
    ["an empty header", { header: { kind: "text", text: " " } }, "header-empty header"],
    ["a document without a name", { header: { kind: "document", fileName: "" } }, "file-name-missing header"],
    ["a footer over 60 characters", { footer: "a".repeat(61) }, "footer-too-long footer"],
    ["a variable in the footer", { footer: "Bye {{first_name}}" }, "footer-variable footer"],
    ["a button without a text", { buttons: [reply("a", " ")] }, "button-empty buttons.0"],
    ["a button over 25 characters", { buttons: [reply("a", "a".repeat(26))] }, "button-too-long buttons.0"],
    [
      "two buttons that say the same",
      { buttons: [reply("a", "Help"), reply("b", "help ")] },
      "button-repeated buttons.1",
    ],
    ["a variable on a button", { buttons: [reply("a", "Hi {{first_name}}")] }, "button-formatting buttons.0"],
    [
      "an incomplete address",
      { buttons: [{ kind: "url", id: "a", text: "Open", url: "https://" }] },
      "button-address buttons.0",
    ],
    [
      "a variable inside an address",
      { buttons: [{ kind: "url", id: "a", text: "Open", url: "https://bank.example/{{amount}}/pay" }] },
      "address-variable buttons.0",
    ],
    [
      "a one-time code in an address",
      { buttons: [{ kind: "url", id: "a", text: "Open", url: "https://bank.example/{{code}}" }] },
      "address-code buttons.0",
    ],
    [
      "a form without a name",
      { buttons: [{ kind: "form", id: "a", text: "Open", form: " ", screen: null }] },
      "form-missing buttons.0",
    ],
    ["two coupons", { buttons: [coupon("a"), coupon("b")] }, "too-many-coupons buttons"],
    [
      "a catalogue beside another button",
      { buttons: [{ kind: "catalogue", id: "a", text: "Shop" }, link("b")] },
      "button-alone buttons",
    ],
    ["a product without its button", { header: { kind: "product" }, buttons: [] }, "product-apart header"],
    [
      "a product's button without the product",
      { buttons: [{ kind: "product", id: "a", text: "View" }] },
      "product-apart buttons",
    ],
    ["the button of a one-time code", { buttons: codeContent("en").buttons }, "code-button-elsewhere buttons.0"],
    ["a phone number without its country", { buttons: [call("a", "33 800 12 34")] }, "button-phone buttons.0"],
    [
      "eleven buttons",
      { buttons: Array.from({ length: 11 }, (_, index) => reply(`b${index}`)) },
      "too-many-buttons buttons",
    ],
    ["three links", { buttons: [link("a"), link("b"), link("c")] }, "too-many-links buttons"],
    ["two calls", { buttons: [call("a"), call("b")] }, "too-many-calls buttons"],
    ["a quick reply between links", { buttons: [link("a"), reply("b"), link("c")] }, "button-order buttons"],
  ])("%s", (_, part, expected) => expect(found(draft(part))).toContain(expected));

  test("a variable without a sample", () => {
    expect(found(draft({}, { samples: {} }))).toEqual(["sample-missing samples.first_name"]);
  });

  test("languages that do not share their variables or buttons", () => {
    const french = {
      ...english,
      language: "fr",
      body: "Bonjour, il manque un document",
      buttons: [reply("help", "Aide")],
    };
    expect(lintTemplate(draft({}, { languages: [english, french] }))).toMatchObject([
      { rule: "variables-differ", language: "fr", values: { other: "en" } },
      { rule: "buttons-differ", language: "fr" },
    ]);
  });

  test("errors come before what is only worth a look", () => {
    const severities = lintTemplate(draft({ body: "Hello {{first_name}}, good morning", footer: "{{x}}" })).map(
      (one) => one.severity,
    );
    expect(severities).toEqual(["error", "warning"]);
  });
});

describe("an authentication template", () => {
  const code = (part: Partial<DraftContent> = {}, options = { minutes: 10, advisesSecrecy: true }) =>
    draft({ ...codeContent("en", options), ...part }, { category: "authentication", samples: {} });

  test("as WhatsApp writes it has no finding", () => expect(found(code())).toEqual([]));

  test.each<[string, TemplateDraft, string]>([
    ["words of one's own", code({ body: "Here is {{code}} for you" }), "text-not-preset body"],
    ["a footer of one's own", code({ footer: "Your bank" }), "text-not-preset body"],
    ["a header", code({ header: { kind: "image" } }), "text-not-preset body"],
    ["no button", code({ buttons: [] }), "code-button-missing buttons"],
    ["another button", code({ buttons: [reply("a")] }), "code-button-missing buttons"],
    ["91 minutes", code({}, { minutes: 91, advisesSecrecy: true }), "code-minutes buttons.0"],
  ])("with %s", (_, one, expected) => expect(found(one)).toContain(expected));
});

test("words that only look like an offer are left alone, and marketing may sell", () => {
  expect(found(draft({ body: "Your card will be delivered to your wholesale shop today" }))).toEqual([]);
  expect(found(draft({ body: "Here is your exclusive offer for today" }, { category: "marketing" }))).toEqual([]);
});

test("a masked number is nobody's", () => {
  expect(
    found(draft({ body: "Your card •••• 4821 paid 25 000 on 24-11-2026 at the branch +221 33 800 12 34" })),
  ).toEqual([]);
});

test("a template that says a language twice", () => {
  expect(found(draft({}, { languages: [english, english] }))).toContain("language-repeated language");
});

test("quick replies may stand before or after the others", () => {
  expect(found(draft({ buttons: [reply("a"), reply("b"), link("c"), call("d")] }))).toEqual([]);
  expect(found(draft({ buttons: [call("d"), link("c"), reply("a"), reply("b")] }))).toEqual([]);
});

test("characters are counted as they are written and as people get them, and the longer counts", () => {
  expect(countedLength("Hello {{first_name}}!", { first_name: "Awa" })).toBe(21);
  expect(countedLength("Hello {{a}}!", { a: "Aminata Diallo" })).toBe(21);
  expect(countedLength("Hello {{a}}!", { a: "" })).toBe(12);
  expect(countedLength("{{first_name}}", { first_name: "Awa" })).toBe(14);
  expect(countedLength("🎉", {})).toBe(2);
});

test("no text of a starter would be refused", () => {
  for (const starter of starters) {
    for (const template of starter.templates) {
      expect(lintTemplate(template).filter((finding) => finding.severity === "error")).toEqual([]);
    }
  }
});

test("every rule that can be found is in the list of rules", () => {
  const broken = draft({
    header: { kind: "text", text: "" },
    body: "{{a}}{{b}}",
    buttons: [link("a"), reply("b", ""), link("c"), link("d")],
  });
  for (const { rule } of lintTemplate(broken)) expect(templateRules).toContain(rule);
});
