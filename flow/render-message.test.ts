import { expect, test } from "vitest";
import { renderMessage } from "./render-message.ts";
import type { TemplateContent } from "./template.ts";

const template: TemplateContent = {
  language: "en",
  header: { kind: "text", text: "Hello {{name}}" },
  body: "You owe {{amount}}. Pay {{amount}} soon.",
  footer: "The bank",
  buttons: [
    { kind: "link", id: "pay", text: "Pay" },
    { kind: "quick-reply", id: "help", text: "Help" },
    { kind: "url", id: "site", text: "Site", url: "https://bank.example" },
  ],
};

test("every blank is filled, and links get their address", () => {
  expect(renderMessage(template, { name: "Awa", amount: "€5" }, { "link.pay": "https://bank.example/r/1" })).toEqual({
    content: {
      header: { kind: "text", text: "Hello Awa" },
      body: "You owe €5. Pay €5 soon.",
      footer: "The bank",
      buttons: [
        { kind: "link", id: "pay", text: "Pay", url: "https://bank.example/r/1" },
        { kind: "quick-reply", id: "help", text: "Help" },
        { kind: "url", id: "site", text: "Site", url: "https://bank.example" },
      ],
    },
    text: "Hello Awa\nYou owe €5. Pay €5 soon.\nThe bank\nPay\nHelp\nSite",
    missing: [],
  });
});

test("what is missing is named and stays visible", () => {
  const { content, missing } = renderMessage(template, { name: null, amount: "€5" }, {});
  expect([missing, content.header]).toEqual([["name", "link.pay"], { kind: "text", text: "Hello {{name}}" }]);
});

test("a value that looks like a blank is not filled again", () => {
  const { content } = renderMessage(template, { name: "{{amount}}", amount: "€5" }, { "link.pay": "" });
  expect(content.header).toEqual({ kind: "text", text: "Hello {{amount}}" });
});

test("a document needs its address", () => {
  const statement: TemplateContent = {
    ...template,
    header: { kind: "document", fileName: "Statement.pdf" },
    body: "Here it is.",
    buttons: [],
  };
  expect(renderMessage(statement, {}, {}).missing).toEqual(["document"]);
  expect(renderMessage(statement, { document: "https://x.example/a.pdf" }, {}).content.header).toMatchObject({
    url: "https://x.example/a.pdf",
  });
});

test.each<[string, Partial<TemplateContent>, Record<string, string>, object]>([
  [
    "one product",
    { header: { kind: "product" }, buttons: [{ kind: "product", id: "a", text: "View" }] },
    { "product.catalogue": "1", "product.id": "gold" },
    { products: { kind: "one", title: "gold", count: 1 }, missing: [] },
  ],
  [
    "several products",
    { header: null, buttons: [{ kind: "products", id: "a", text: "See" }] },
    { "products.thumbnail": "gold", "products.list": "Cards: gold, black; Savings: plus" },
    { products: { kind: "several", title: "Cards", count: 3 }, missing: [] },
  ],
  [
    "a list that names none",
    { header: null, buttons: [{ kind: "products", id: "a", text: "See" }] },
    { "products.thumbnail": "gold", "products.list": ";" },
    { products: { kind: "several", title: null, count: null }, missing: ["products.list"] },
  ],
  [
    "the whole catalogue",
    { header: null, buttons: [{ kind: "catalogue", id: "a", text: "Shop" }] },
    {},
    { products: { kind: "catalogue", title: null, count: null }, missing: [] },
  ],
])("%s stands above the words", (_, part, values, expected) => {
  const { content, missing } = renderMessage({ ...template, body: "Look.", ...part }, values, {});
  expect({ products: content.products, missing }).toEqual(expected);
  expect(content.header).toBe(null);
});
