import { expect, test } from "vitest";
import type { SendRequest } from "#db/schema/index.ts";
import type { TemplateLanguage } from "./load-facts.ts";
import { prepareMessage } from "./prepare-message.ts";

const template: TemplateLanguage = {
  language: "en",
  header: { kind: "text", text: "Hi {{first_name}}" },
  body: "Send us {{what}}.",
  footer: null,
  buttons: [
    { kind: "link", id: "upload", text: "Upload" },
    { kind: "quick-reply", id: "help", text: "Help" },
    { kind: "phone", id: "call", text: "Call", phone: "+221338000000" },
  ],
  status: "approved",
};

const request: SendRequest = {
  template: "kyc",
  purpose: "service",
  values: { first_name: "Awa {{what}}", what: "your ID" },
  links: { "link.upload": { from: "link", kind: "upload", validHours: 24 } },
  sendingHours: null,
};
const options = { publicUrl: "https://bank.example", knownCodes: {} };

test("a message carries its values, its link's code and its button's id, and expands nothing twice", () => {
  const { content, outgoing, codes, missing } = prepareMessage({ request }, template, options);
  const code = codes["link.upload"] ?? "";
  expect(code).toMatch(/^[0-9A-Za-z]{10}$/);
  expect(content.header).toEqual({ kind: "text", text: "Hi Awa {{what}}" });
  expect(content.body).toBe("Send us your ID.");
  expect(content.buttons?.[0]?.url).toBe(`https://bank.example/r/${code}`);
  expect(missing).toEqual([]);
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
  const again = prepareMessage({ request }, template, { ...options, knownCodes: { "link.upload": "0123456789" } });
  expect(again.codes).toEqual({ "link.upload": "0123456789" });
});

test("what has no value is named", () => {
  const bare = { ...request, values: { first_name: null }, links: {} };
  expect(prepareMessage({ request: bare }, template, options).missing).toEqual(["first_name", "what", "link.upload"]);
});
