import { describe, expect, test } from "vitest";
import type { JsonObject } from "#flow/json.ts";
import { type DraftButton, type DraftContent, lintTemplate, type TemplateDraft } from "#flow/lint-template.ts";
import { codeContent } from "#flow/preset-texts.ts";
import type { CodeAutofill, TemplateCategory } from "#flow/template.ts";
import { templateGallery } from "#flow/template-gallery/gallery.ts";
import { templateLanguages } from "#flow/template-languages.ts";
import type { PayBy } from "#flow/template-order.ts";
import { defineTemplate, fileIn } from "#server/channels/define-template.ts";
import { readDefinition } from "#server/channels/meta-cloud/read-definition.ts";
import { ownBody } from "#server/channels/meta-cloud/template-calls.ts";
import { hasSamples, sampleNames, sampleOf } from "#server/test-samples.ts";
import { GraphError } from "../graph-error.ts";
import { templateLanguages as takenLanguages } from "./languages.ts";
import { readTemplateDefinition } from "./template-rules.ts";

/** What the sandbox says of a request, in the words of its refusal; "taken" when it would be approved. */
function sandboxSays(request: JsonObject): string {
  try {
    const { rejectedReason } = readTemplateDefinition(request);
    return rejectedReason === "NONE" ? "taken" : rejectedReason;
  } catch (error) {
    if (error instanceof GraphError) return error.extra.userMessage ?? error.message;
    throw error;
  }
}

/** The rules by which our linter refuses a draft; "taken" when it would let it go. */
function linterSays(draft: TemplateDraft): string {
  const errors = lintTemplate(draft).filter((finding) => finding.severity === "error");
  return errors.length === 0 ? "taken" : errors.map((finding) => finding.rule).join(" ");
}

const mimes = { image: "image/png", video: "video/mp4", document: "application/pdf" } as const;

/** The request our channel would make of a draft's first language. */
function requestOf({ name, category, samples, languages: [content] }: TemplateDraft): JsonObject {
  if (!content) throw new Error("A draft for this test has a language.");
  const file = fileIn(content.header);
  const mime = file && mimes[file];
  const headerHandle = mime && `4::${Buffer.from(mime).toString("base64")}:sample`;
  const definition = defineTemplate({
    name,
    category,
    content,
    samples,
    linkBase: "https://bank.test/r/",
    headerHandle,
  });
  return JSON.parse(JSON.stringify(ownBody(definition)));
}

const verdicts = (draft: TemplateDraft) => ({ linter: linterSays(draft), sandbox: sandboxSays(requestOf(draft)) });

const agree = ({ linter, sandbox }: ReturnType<typeof verdicts>) => (linter === "taken") === (sandbox === "taken");

const plain: DraftContent = {
  language: "en",
  header: null,
  body: "Hello {{first_name}}, your statement of this month is ready for you.",
  footer: null,
  buttons: [],
};
const samples = { first_name: "Awa", loan: "L-1", coupon: "SAVE10", "1": "Awa", "2": "Dakar", "3": "25 000" };
const draft = (part: Partial<DraftContent> = {}, whole: Partial<TemplateDraft> = {}): TemplateDraft => ({
  name: "statement",
  category: "marketing",
  samples,
  languages: [{ ...plain, ...part }],
  ...whole,
});

/** What a sample leaves to its reader. */
const filled = (sample: JsonObject): JsonObject =>
  JSON.parse(
    JSON.stringify(sample).replaceAll("<TEMPLATE_NAME>", "template_name").replaceAll("{{Flow-ID}}", "1234567890123456"),
  );

describe.skipIf(!hasSamples)("Meta's own samples", () => {
  test.each(sampleNames("template_create"))("%s", (name) => {
    const request = filled(sampleOf("template_create", name));
    const read = readDefinition(request);
    if (!read) throw new Error("Our words do not say this sample.");
    const written = { ...read, languages: [read.content] };
    expect({ linter: linterSays(written), sandbox: sandboxSays(request) }).toEqual({
      linter: "taken",
      sandbox: "taken",
    });
    // And what our own channel makes of it is taken as well.
    expect(sandboxSays(requestOf(written))).toBe("taken");
  });
});

test("both know the same languages", () => {
  expect(templateLanguages).toHaveLength(111);
  expect([...templateLanguages].sort()).toEqual([...takenLanguages].sort());
});

test.each(
  templateGallery.flatMap((entry) =>
    entry.languages.map((content) => [entry.id, content.language, entry, content] as const),
  ),
)("%s of the gallery in %s is taken by both", (_, __, entry, content) => {
  expect(verdicts({ ...entry, languages: [content] })).toEqual({ linter: "taken", sandbox: "taken" });
});

const text = (length: number, letter = "a") => letter.repeat(length);
const url = (address: string): Partial<DraftContent> => ({
  buttons: [{ kind: "url", id: "open", text: "Open", url: address }],
});
const reply = (label: string): Partial<DraftContent> => ({ buttons: [{ kind: "quick-reply", id: "a", text: label }] });
const call = (phone: string): Partial<DraftContent> => ({ buttons: [{ kind: "phone", id: "a", text: "Call", phone }] });
const code = (minutes: number | null, label = "Copy code"): TemplateDraft =>
  draft(codeContent("en", { minutes, advisesSecrecy: true, label }), { category: "authentication" });

/** Those that may have company first. */
const kinds: ((id: string) => DraftButton)[] = [
  (id) => ({ kind: "quick-reply", id, text: `Reply ${id}` }),
  (id) => ({ kind: "link", id, text: `Link ${id}` }),
  (id) => ({ kind: "url", id, text: `Page ${id}`, url: "https://bank.test/app" }),
  (id) => ({ kind: "phone", id, text: `Call ${id}`, phone: "+221338001234" }),
  (id) => ({ kind: "coupon", id, text: `Copy ${id}` }),
  (id) => ({ kind: "form", id, text: `Form ${id}`, form: "1234567890", screen: "START" }),
  (id) => ({ kind: "voice-call", id, text: `Talk ${id}`, minutes: 1440 }),
  (id) => ({ kind: "products", id, text: `Goods ${id}` }),
  (id) => ({ kind: "product", id, text: `View ${id}` }),
  (id) => ({ kind: "catalogue", id, text: `Shop ${id}` }),
  (id) => ({ kind: "contact-request", id, text: `Share ${id}` }),
  (id) => ({ kind: "order", id, text: `Pay ${id}`, currency: "INR", payBy: { kind: "link" } }),
  (id) => ({ kind: "one-time-code", id, text: `Code ${id}`, minutes: 10, advisesSecrecy: false }),
];

const apps = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ packageName: `com.bank.app${index}`, signatureHash: "K8a/AINcGX7" }));

const autofilled = (part: Partial<CodeAutofill> = {}, label = "Autofill"): TemplateDraft =>
  draft(
    codeContent("en", {
      minutes: 10,
      advisesSecrecy: true,
      autofill: { kind: "one-tap", apps: apps(1), acceptsTerms: false, ...part },
      autofillLabel: label,
    }),
    { category: "authentication" },
  );

const coupon: DraftButton[] = [{ kind: "coupon", id: "a", text: "Copy code" }];

const offer = (
  part: Partial<DraftContent["header"] & { kind: "offer" }>,
  content: Partial<DraftContent> = {},
  category: TemplateCategory = "marketing",
  own: Record<string, string> = {},
): TemplateDraft =>
  draft(
    { header: { kind: "offer", text: "Ends soon", hasEnd: false, media: null, ...part }, ...content },
    { category, samples: { ...samples, ...own } },
  );

const product = (part: Partial<DraftContent> = {}): TemplateDraft =>
  draft({ header: { kind: "product" }, buttons: [{ kind: "product", id: "a", text: "View" }], ...part });

const talk = (minutes: number, label = "Talk"): Partial<DraftContent> => ({
  buttons: [{ kind: "voice-call", id: "a", text: label, minutes }],
});

const order = (payBy: PayBy = { kind: "link" }, part: Partial<DraftContent> = {}): TemplateDraft =>
  draft(
    { buttons: [{ kind: "order", id: "a", text: "Pay", currency: "INR", payBy }], ...part },
    { category: "utility" },
  );
const below = (header: DraftContent["header"]): TemplateDraft => order(undefined, { header });

const orderStatus = (part: Partial<DraftContent> = {}, category: TemplateCategory = "utility"): TemplateDraft =>
  draft({ header: { kind: "order-status" }, ...part }, { category });

const goods: DraftButton[] = [{ kind: "products", id: "a", text: "See all" }];

type Card = (DraftContent["header"] & { kind: "cards" })["cards"][number];

const card = (body = "Look at this", wanted: DraftButton["kind"][] = ["quick-reply"]): Card => ({
  body,
  buttons: wanted.flatMap((kind, index) => kinds.find((one) => one("").kind === kind)?.(`b${index}`) ?? []),
});

const carousel = (
  cards: Card[],
  {
    media = "image",
    category = "marketing",
    part = {},
  }: { media?: "image" | "video"; category?: TemplateCategory; part?: Partial<DraftContent> } = {},
): TemplateDraft => draft({ header: { kind: "cards", media, cards }, ...part }, { category });

describe("at the edge and one past it", () => {
  test.each<[string, TemplateDraft, "taken" | "refused"]>([
    ["a name of 512 letters", draft({}, { name: text(512) }), "taken"],
    ["a name of 513", draft({}, { name: text(513) }), "refused"],
    ["a name with a capital", draft({}, { name: "Statement" }), "refused"],
    ["a language nobody knows", draft({ language: "xx" }), "refused"],
    ["a regional language nobody knows", draft({ language: "fr_ZZ" }), "refused"],
    ["a header of 60", draft({ header: { kind: "text", text: text(60) } }), "taken"],
    ["a header of 61", draft({ header: { kind: "text", text: text(61) } }), "refused"],
    ["a header of 30 emoji", draft({ header: { kind: "text", text: "🎉" } }), "refused"],
    ["an empty header", draft({ header: { kind: "text", text: "" } }), "refused"],
    ["a header in bold", draft({ header: { kind: "text", text: "*News*" } }), "refused"],
    ["a header with a variable", draft({ header: { kind: "text", text: "Hello {{first_name}}" } }), "taken"],
    ["a header with two", draft({ header: { kind: "text", text: "Hello {{first_name}} {{loan}}" } }), "refused"],
    ["an image", draft({ header: { kind: "image" } }), "taken"],
    ["a video", draft({ header: { kind: "video" } }), "taken"],
    ["a document", draft({ header: { kind: "document", fileName: "a.pdf" } }), "taken"],
    ["a place", draft({ header: { kind: "location" } }), "taken"],
    ["no body", draft({ body: "" }), "refused"],
    ["a body of 1,024", draft({ body: text(1024) }), "taken"],
    ["a body of 1,025", draft({ body: text(1025) }), "refused"],
    ["a body of 512 emoji", draft({ body: text(512, "🎉") }), "taken"],
    ["a body of 513 emoji", draft({ body: text(513, "🎉") }), "refused"],
    ["an empty line", draft({ body: "One\n\nTwo" }), "taken"],
    ["two empty lines", draft({ body: "One\n\n\nTwo" }), "refused"],
    ["a variable first", draft({ body: "{{first_name}}, your statement is ready" }), "refused"],
    ["a variable last", draft({ body: "Your statement is ready, {{first_name}}" }), "refused"],
    ["a full stop after the last", draft({ body: "Your statement is ready, {{first_name}}." }), "taken"],
    [
      "variables that touch",
      draft({ body: "Your {{first_name}}{{loan}} statement of this month is ready now." }),
      "refused",
    ],
    ["a variable without a sample", draft({ body: "Your {{other}} statement is ready." }), "refused"],
    ["a variable with a capital", draft({ body: "Your {{Other}} statement is ready." }), "refused"],
    ["a variable that never closes", draft({ body: "Your {{other statement is ready." }), "refused"],
    ["numbers", draft({ body: "Hello {{1}}, your branch in {{2}} has your new card." }), "taken"],
    [
      "numbers in another order",
      draft({ body: "Hello, your branch in {{2}} has the new card of {{1}} now." }),
      "taken",
    ],
    ["a gap in the numbers", draft({ body: "Hello {{1}}, your branch in {{3}} has your new card." }), "refused"],
    ["numbers from 2", draft({ body: "Hello {{2}}, your branch has your new card." }), "refused"],
    ["numbers and names", draft({ body: "Hello {{1}}, your branch in {{first_name}} has your new card." }), "refused"],
    ["a footer of 60", draft({ footer: text(60) }), "taken"],
    ["a footer of 61", draft({ footer: text(61) }), "refused"],
    ["a footer with a variable", draft({ footer: "Bye {{first_name}}" }), "refused"],
    ["a button of 25", draft(reply(text(25))), "taken"],
    ["a button of 26", draft(reply(text(26))), "refused"],
    ["a button without words", draft(reply("")), "refused"],
    ["a button with a variable", draft(reply("Hi {{first_name}}")), "refused"],
    ["an address that ends in a variable", draft(url("https://bank.test/{{loan}}")), "taken"],
    ["one with the variable inside", draft(url("https://bank.test/{{loan}}/pay")), "refused"],
    ["one with two variables", draft(url("https://bank.test/{{loan}}{{first_name}}")), "refused"],
    ["one whose variable has no sample", draft(url("https://bank.test/{{other}}")), "refused"],
    ["an address of 2,000", draft(url(`https://bank.test/${text(1982)}`)), "taken"],
    ["an address of 2,001", draft(url(`https://bank.test/${text(1983)}`)), "refused"],
    ["no address", draft(url("bank.test")), "refused"],
    ["a phone number of 20 signs", draft(call("+2213 3800 1234 5678")), "taken"],
    ["a phone number of 21", draft(call("+2213 3800 1234  5678")), "refused"],
    ["no phone number", draft(call("")), "refused"],
    [
      "a coupon of 20",
      draft({ buttons: [{ kind: "coupon", id: "a", text: "Copy" }] }, { samples: { ...samples, coupon: text(20) } }),
      "taken",
    ],
    [
      "a coupon of 21",
      draft({ buttons: [{ kind: "coupon", id: "a", text: "Copy" }] }, { samples: { ...samples, coupon: text(21) } }),
      "refused",
    ],
    [
      "a coupon without a sample",
      draft({ buttons: [{ kind: "coupon", id: "a", text: "Copy" }] }, { samples: { first_name: "Awa" } }),
      "refused",
    ],
    ["a code good for 90 minutes", code(90), "taken"],
    ["a code good for 91", code(91), "refused"],
    ["a code good for 0", code(0), "refused"],
    ["a code without an end", code(null), "taken"],
    ["a code button of 26", code(10, text(26)), "refused"],
    ["a one-tap code", autofilled(), "taken"],
    ["a zero-tap code with its terms", autofilled({ kind: "zero-tap", acceptsTerms: true }), "taken"],
    ["a zero-tap code without its terms", autofilled({ kind: "zero-tap" }), "refused"],
    ["a one-tap code of 5 apps", autofilled({ apps: apps(5) }), "taken"],
    ["a one-tap code of 6 apps", autofilled({ apps: apps(6) }), "refused"],
    ["a one-tap code of no app", autofilled({ apps: [] }), "refused"],
    ["a one-tap code of one app twice", autofilled({ apps: [...apps(1), ...apps(1)] }), "taken"],
    [
      "a signature of 10 signs",
      autofilled({ apps: [{ packageName: "com.bank", signatureHash: text(10) }] }),
      "refused",
    ],
    [
      "a signature of 12 signs",
      autofilled({ apps: [{ packageName: "com.bank", signatureHash: text(12) }] }),
      "refused",
    ],
    ["an app without a name", autofilled({ apps: [{ packageName: "", signatureHash: text(11) }] }), "refused"],
    ["a code button of 25 that fills in", autofilled({}, text(25)), "taken"],
    ["a code button of 26 that fills in", autofilled({}, text(26)), "refused"],
    ["an offer of 16", offer({ text: text(16) }), "taken"],
    ["an offer of 17", offer({ text: text(17) }), "refused"],
    ["an offer without words", offer({ text: "" }), "refused"],
    ["an offer with a picture", offer({ media: "image" }), "taken"],
    ["an offer with a film that ends", offer({ media: "video", hasEnd: true }), "taken"],
    ["an offer in a utility template", offer({}, {}, "utility"), "refused"],
    ["an offer with a footer", offer({}, { footer: "Bank" }), "refused"],
    ["an offer with a body of 600", offer({}, { body: text(600) }), "taken"],
    ["an offer with a body of 601", offer({}, { body: text(601) }), "refused"],
    ["an offer with a coupon of 15", offer({}, { buttons: coupon }, "marketing", { coupon: text(15) }), "taken"],
    ["an offer with a coupon of 16", offer({}, { buttons: coupon }, "marketing", { coupon: text(16) }), "refused"],
    ["a product with its button", product(), "taken"],
    ["a product with a footer", product({ footer: "Bank" }), "taken"],
    ["a product with a body of 160", product({ body: text(160) }), "taken"],
    ["a product with a body of 161", product({ body: text(161) }), "refused"],
    ["a product without its button", product({ buttons: [] }), "refused"],
    ["a product with another button", product(reply("Help")), "refused"],
    ["a button of a product that is not there", product({ header: null }), "refused"],
    ["products below a line", draft({ header: { kind: "text", text: "New" }, buttons: goods }), "taken"],
    ["products below a product", product({ buttons: goods }), "refused"],
    ["a card with products", carousel([card("Look", ["products"]), card("Look", ["products"])]), "refused"],
    ["a button that calls for a day", draft(talk(1440)), "taken"],
    ["one that calls for a minute less", draft(talk(1439)), "refused"],
    ["one that calls for 30 days", draft(talk(43_200)), "taken"],
    ["one that calls for a minute more", draft(talk(43_201)), "refused"],
    ["one that calls with 20 letters", draft(talk(1440, text(20))), "taken"],
    ["one that calls with 21", draft(talk(1440, text(21))), "refused"],
    ["an order", order(), "taken"],
    ["an order below a line", below({ kind: "text", text: "New" }), "taken"],
    ["an order below a picture", below({ kind: "image" }), "taken"],
    ["an order below a document", below({ kind: "document", fileName: "a.pdf" }), "taken"],
    ["an order below a film", below({ kind: "video" }), "refused"],
    ["an order below a place", below({ kind: "location" }), "refused"],
    ["an order in a marketing template", { ...order(), category: "marketing" }, "taken"],
    ["how far an order is", orderStatus({ footer: "Bank" }), "taken"],
    ["how far an order is, with a button", orderStatus(reply("Help")), "refused"],
    ["how far an order is, in a marketing template", orderStatus({}, "marketing"), "refused"],
    ["one card", carousel([card()]), "refused"],
    ["two cards", carousel([card(), card()]), "taken"],
    ["two cards with films", carousel([card(), card()], { media: "video" }), "taken"],
    ["ten cards", carousel(Array.from({ length: 10 }, () => card())), "taken"],
    ["eleven cards", carousel(Array.from({ length: 11 }, () => card())), "refused"],
    ["cards in a utility template", carousel([card(), card()], { category: "utility" }), "refused"],
    ["cards with a footer", carousel([card(), card()], { part: { footer: "Bank" } }), "refused"],
    ["cards with a button beside them", carousel([card(), card()], { part: reply("Help") }), "refused"],
    ["a card of 160", carousel([card(text(160)), card()]), "taken"],
    ["a card of 161", carousel([card(text(161)), card()]), "refused"],
    ["a card without words", carousel([card(""), card()]), "refused"],
    ["a card that begins with a variable", carousel([card("{{first_name}}, look at this"), card()]), "refused"],
    ["a card with a variable", carousel([card("Look at this, {{first_name}}, today"), card()]), "taken"],
    ["a card with a variable without a sample", carousel([card("Look at this, {{other}}, today"), card()]), "refused"],
    ["a card with a number in a text of names", carousel([card("Look at this, {{1}}, right now"), card()]), "refused"],
    [
      "a card with a number beside a body without variables",
      carousel([card("Look at this, {{1}}, right now"), card()], { part: { body: "Look at what we have for you." } }),
      "refused",
    ],
    ["a card without a button", carousel([card("Look", []), card("Look", [])]), "refused"],
    [
      "a card with three",
      carousel([card("Look", ["quick-reply", "url", "phone"]), card("Look", ["quick-reply", "url", "phone"])]),
      "refused",
    ],
    ["cards of two shapes", carousel([card("Look", ["quick-reply"]), card("Look", ["url"])]), "refused"],
    [
      "cards in another order of buttons",
      carousel([card("Look", ["quick-reply", "url"]), card("Look", ["url", "quick-reply"])]),
      "refused",
    ],
    ["a tracked link and an address", carousel([card("Look", ["link"]), card("Look", ["url"])]), "taken"],
    ["a card with a coupon", carousel([card("Look", ["coupon"]), card("Look", ["coupon"])]), "refused"],
    ["a card with a form", carousel([card("Look", ["form"]), card("Look", ["form"])]), "refused"],
    ["a code in a marketing template", { ...code(10), category: "marketing" }, "refused"],
    ["an authentication template of own words", draft({}, { category: "authentication" }), "refused"],
  ])("%s", (_, one, expected) => {
    const { linter, sandbox } = verdicts(one);
    expect({ linter, sandbox }).toEqual(
      expected === "taken"
        ? { linter: "taken", sandbox: "taken" }
        : { linter: expect.not.stringMatching(/^taken$/), sandbox: expect.not.stringMatching(/^taken$/) },
    );
  });
});

/** Every row of up to this many buttons of these kinds. */
const rows = (length: number, of = kinds): DraftButton[][] =>
  length === 0
    ? [[]]
    : rows(length - 1, of).flatMap((row) => [
        row,
        ...(row.length === length - 1 ? of.map((kind) => [...row, kind(String(row.length))]) : []),
      ]);

describe("generated definitions", () => {
  test.each<TemplateCategory>(["marketing", "utility"])(
    "every row of up to three buttons in a %s template, and of four that may have company",
    (category) => {
      const all = [...rows(3), ...rows(4, kinds.slice(0, 7))].map((buttons) => draft({ buttons }, { category }));
      const apart = all.map(
        (one) => [one.languages[0]?.buttons.map((button) => button.kind).join(), verdicts(one)] as const,
      );
      expect(apart.filter(([, both]) => !agree(both))).toEqual([]);
    },
  );

  test.each(["quick-reply", "link", "url"] as const)("ten and eleven buttons: %s", (kind) => {
    const make = kinds.find((one) => one("x").kind === kind);
    for (const count of [1, 2, 3, 9, 10, 11]) {
      const buttons = Array.from({ length: count }, (_, index) => make?.(String(index))).filter(
        (one) => one !== undefined,
      );
      expect(agree(verdicts(draft({ buttons })))).toBe(true);
    }
  });

  test("every row of up to two buttons on the cards of a carousel", () => {
    const pairs = rows(2).filter((row) => row.length > 0);
    const all = pairs.flatMap((one) =>
      pairs.slice(0, 12).map((other) =>
        carousel([
          { body: "Look at this", buttons: one },
          { body: "Look at this", buttons: other },
        ]),
      ),
    );
    const apart = all.map((one) => [JSON.stringify(one.languages[0]?.header), verdicts(one)] as const);
    expect(apart.filter(([, both]) => !agree(both))).toEqual([]);
  });

  test("one to five variables among up to twenty words", () => {
    const apart: unknown[] = [];
    for (let count = 1; count <= 5; count += 1)
      for (let words = 2; words <= 20; words += 1) {
        const names = Array.from({ length: count }, (_, index) => `value_${index + 1}`);
        // A word between two variables at least, and one at each end, as far as there are words.
        const between = names.flatMap((name) => ["word", `{{${name}}}`]);
        const rest = Array.from({ length: Math.max(1, words - count) }, () => "word");
        const one = draft(
          { body: [...between, ...rest].join(" ") },
          { samples: Object.fromEntries(names.map((name) => [name, "x"])) },
        );
        if (!agree(verdicts(one))) apart.push([one.languages[0]?.body, verdicts(one)]);
      }
    expect(apart).toEqual([]);
  });
});

describe("where the linter says no and the sandbox does not, each for a reason", () => {
  test.each<[string, string, TemplateDraft]>([
    [
      "people could not tell them apart, and taps come back by their words",
      "button-repeated",
      draft({
        buttons: [
          { kind: "quick-reply", id: "a", text: "Help" },
          { kind: "quick-reply", id: "b", text: "help" },
        ],
      }),
    ],
    [
      "Meta's policy on shortened links is kept by its reviewers, not by a rule of form",
      "short-link",
      draft(url("https://bit.ly/abc")),
    ],
    [
      "no full card number is to stand in any message",
      "card-number",
      draft({ body: "Your card 4111 1111 1111 1111 is ready now." }),
    ],
    ["only white space: a person would get an empty bubble", "body-empty", draft({ body: "   " })],
    ["only white space on a button", "button-empty", draft(reply(" "))],
    [
      "a space alone parts two values no better than nothing",
      "variables-touch",
      draft({ body: "Your {{first_name}} {{loan}} statement of this month is ready now." }),
    ],
    [
      "with its sample the text is longer than may be sent (error 132005)",
      "body-too-long",
      draft({ body: `Hello {{first_name}}, this is long: ${text(980)}` }, { samples: { first_name: text(60) } }),
    ],
    ["a number that no phone can call", "button-phone", draft(call("33 800 12 34"))],
    [
      "an order that says of nobody that they are paid cannot be sent",
      "order-payment",
      order({ kind: "configuration", name: "" }),
    ],
    ["nobody in India pays by boleto", "order-payment", order({ kind: "boleto" })],
    ["an address no browser finds", "button-address", draft(url("https://bank"))],
    ["a name no app can have", "app-package", autofilled({ apps: [{ packageName: "bank", signatureHash: text(11) }] })],
    ["marks are not drawn on buttons", "button-formatting", draft(reply("*Help*"))],
    [
      "a form without a name opens nothing",
      "form-missing",
      draft({ buttons: [{ kind: "form", id: "a", text: "Start", form: "", screen: null }] }),
    ],
    [
      "a document without a name shows its address",
      "file-name-missing",
      draft({ header: { kind: "document", fileName: "" } }),
    ],
  ])("%s (%s)", (_, rule, one) => expect(verdicts(one)).toEqual({ linter: rule, sandbox: "taken" }));
});
