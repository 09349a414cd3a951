import { expect, test } from "vitest";
import { GraphError } from "../graph-error.ts";
import { readTemplateDefinition } from "./template-rules.ts";

type Json = Parameters<typeof readTemplateDefinition>[0];

const body = (text: string, samples: string[] = []): Json => ({
  type: "BODY",
  text,
  ...(samples.length > 0 ? { example: { body_text: [samples] } } : {}),
});
const good: Json = {
  name: "loan_offer",
  language: "en_US",
  category: "UTILITY",
  components: [body("Your loan is ready.")],
};
const withParts = (...components: Json[]): Json => ({ ...good, components });
const withButtons = (...buttons: Json[]): Json => withParts(body("Your loan is ready."), { type: "BUTTONS", buttons });
const reply = (text: string): Json => ({ type: "QUICK_REPLY", text });
const link = (url: string, example?: string[]): Json => ({
  type: "URL",
  text: "Open",
  url,
  ...(example ? { example } : {}),
});
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Code and subcode of the refusal, or the reason the review gives, or "NONE". */
function verdictOn(request: Json): string {
  try {
    return readTemplateDefinition(request).rejectedReason;
  } catch (error) {
    if (error instanceof GraphError) return `${error.code}/${error.extra.subcode ?? ""}`;
    throw error;
  }
}

test.each<[string, Json, string]>([
  ["a plain template", good, "NONE"],
  ["a name with capitals", { ...good, name: "Loan" }, "100/"],
  ["a name of 513 letters", { ...good, name: "a".repeat(513) }, "100/"],
  ["a language Meta does not know", { ...good, language: "xx" }, "100/"],
  ["a category in small letters", { ...good, category: "utility" }, "NONE"],
  ["a category nobody knows", { ...good, category: "NEWS" }, "100/"],
  ["a time to live that is too short", { ...good, message_send_ttl_seconds: 29 }, "100/"],
  ["a time to live of thirty days", { ...good, message_send_ttl_seconds: -1 }, "NONE"],
  ["no body", withParts({ type: "FOOTER", text: "Bank" }), "100/2388072"],
  ["two bodies", withParts(body("One thing."), body("Another thing.")), "100/"],
  ["a body of 1025 letters", withParts(body("a".repeat(1025))), "100/2388040"],
  ["three new lines in a row", withParts(body("One\n\n\nTwo")), "100/2388072"],
  ["a variable with a sample", withParts(body("Dear {{1}}, your loan is ready.", ["Zoé"])), "NONE"],
  ["a variable without a sample", withParts(body("Dear {{1}}, your loan is ready.")), "100/2388043"],
  ["a gap between variables", withParts(body("Dear {{1}}, your loan {{3}} is ready now.", ["a", "b"])), "100/2388072"],
  ["a body that starts with a variable", withParts(body("{{1}}, your loan is ready.", ["Zoé"])), "100/2388299"],
  ["a body that ends with a variable", withParts(body("Your loan is ready, {{1}}", ["Zoé"])), "100/2388299"],
  ["variables that touch", withParts(body("Dear {{1}}{{2}}, your new loan is ready.", ["a", "b"])), "INVALID_FORMAT"],
  ["more variables than words carry", withParts(body("Dear {{1}} and {{2}} today.", ["a", "b"])), "100/2388293"],
  [
    "numbered and named variables",
    withParts(body("Dear {{1}} your {{loan}} is now ready.", ["a", "b"])),
    "100/2388072",
  ],
  [
    "a named variable in a numbered template",
    withParts(body("Dear {{first_name}}, your loan is ready.", ["a"])),
    "100/2388072",
  ],
  [
    "a header of 61 letters",
    withParts({ type: "HEADER", format: "TEXT", text: "a".repeat(61) }, body("Ready for you.")),
    "100/2388040",
  ],
  [
    "a header with a smiley",
    withParts({ type: "HEADER", format: "TEXT", text: "Hi 😀" }, body("Ready for you.")),
    "100/2388047",
  ],
  [
    "a document header without a sample",
    withParts({ type: "HEADER", format: "DOCUMENT" }, body("Ready for you.")),
    "100/2388043",
  ],
  [
    "a footer of 61 letters",
    withParts(body("Ready for you."), { type: "FOOTER", text: "a".repeat(61) }),
    "100/2388040",
  ],
  [
    "a footer with a variable",
    withParts(body("Ready for you."), { type: "FOOTER", text: "Dear {{1}}" }),
    "100/2388073",
  ],
  ["ten quick replies", withButtons(...many(10, (index) => reply(`R${index}`))), "NONE"],
  ["eleven buttons", withButtons(...many(11, (index) => reply(`R${index}`))), "100/"],
  ["a button of 26 letters", withButtons(reply("a".repeat(26))), "100/"],
  ["three links", withButtons(...many(3, () => link("https://b.test"))), "100/"],
  ["quick replies before links", withButtons(reply("A"), reply("B"), link("https://b.test")), "NONE"],
  ["links among quick replies", withButtons(reply("A"), link("https://b.test"), reply("B")), "100/"],
  ["a link that ends in a variable", withButtons(link("https://b.test/{{1}}", ["x"])), "NONE"],
  ["a link with a variable and no sample", withButtons(link("https://b.test/{{1}}")), "100/2388043"],
  ["a link with a variable in its middle", withButtons(link("https://b.test/{{1}}/end", ["x"])), "100/"],
  [
    "an authentication template without a code button",
    { ...good, category: "AUTHENTICATION", components: [{ type: "BODY" }] },
    "100/",
  ],
  [
    "an authentication template with one",
    {
      ...good,
      category: "AUTHENTICATION",
      components: [{ type: "BODY" }, { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] }],
    },
    "NONE",
  ],
])("%s", (_, request, verdict) => expect(verdictOn(request)).toBe(verdict));

test("named variables bring named samples", () => {
  const named = (example?: Json): Json => ({
    ...good,
    parameter_format: "NAMED",
    components: [{ type: "BODY", text: "Dear {{first_name}}, your loan is ready.", ...(example ? { example } : {}) }],
  });
  expect(verdictOn(named({ body_text_named_params: [{ param_name: "first_name", example: "Zoé" }] }))).toBe("NONE");
  expect(verdictOn(named({ body_text_named_params: [{ param_name: "name", example: "Zoé" }] }))).toBe("100/2388043");
  expect(verdictOn(named())).toBe("100/2388043");
});
