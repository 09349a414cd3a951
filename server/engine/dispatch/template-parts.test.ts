import { afterAll, beforeAll, expect, test } from "vitest";
import type { SendRequest } from "#db/schema/index.ts";
import { codeContent } from "#flow/preset-texts.ts";
import type { TemplateCard, TemplateCategory } from "#flow/template.ts";
import type { OrderCurrency, PayBy } from "#flow/template-order.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { aSandbox, identity } from "#server/sandbox/sandbox.fixture.ts";
import type { TemplateLanguage } from "./load-facts.ts";
import { prepareMessage } from "./prepare-message.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
beforeAll(async () => {
  sandbox = await aSandbox();
});
afterAll(() => sandbox.remove());

const plain: TemplateLanguage = {
  language: "en",
  header: null,
  body: "Hello {{first_name}}, here is something for you to look at.",
  footer: null,
  buttons: [],
  status: "approved",
};
const code = codeContent("en") as TemplateLanguage;

const autofill = {
  kind: "zero-tap" as const,
  apps: [{ packageName: "com.bank.app", signatureHash: "K8a/AINcGX7" }],
  acceptsTerms: true,
};

const aCard = (number: number): TemplateCard => ({
  body: `Loan ${number} at {{rate_${number}}} for you`,
  buttons: [
    { kind: "quick-reply", id: `card-${number}-take`, text: "Take it" },
    { kind: "url", id: `card-${number}-open`, text: "Open", url: "https://bank.test/{{loan_id}}" },
  ],
});

const orders: { payBy: PayBy; currency: OrderCurrency; value?: string }[] = [
  { payBy: { kind: "configuration", name: "main" }, currency: "INR" },
  { payBy: { kind: "link" }, currency: "INR", value: "https://bank.test/pay/1" },
  { payBy: { kind: "pix", merchant: "Banco Demo", key: "7d9f", keyType: "EVP" }, currency: "BRL", value: "00020126" },
  { payBy: { kind: "boleto" }, currency: "BRL", value: "03399026944140000002628346101018898510000008848" },
];

type Part = { template: Partial<TemplateLanguage>; values?: SendRequest["values"]; category?: TemplateCategory };

/** From the draft over the provider's review to the phone, for each part a template can have. */
test.each<[string, Part]>([
  ["image", { template: { header: { kind: "image" } }, values: { image: "https://bank.test/a.png" } }],
  ["video", { template: { header: { kind: "video" } }, values: { video: "https://bank.test/a.mp4" } }],
  [
    "document",
    { template: { header: { kind: "document", fileName: "a.pdf" } }, values: { document: "https://bank.test/a.pdf" } },
  ],
  [
    "place",
    {
      template: { header: { kind: "location" } },
      values: {
        "location.latitude": "14.69",
        "location.longitude": "-17.44",
        "location.name": "Dakar Plateau",
        "location.address": "Rue 1",
      },
    },
  ],
  [
    "numbers",
    {
      template: { body: "Hello {{2}}, the branch in {{1}} has something for you." },
      values: { "1": "Dakar", "2": "Awa" },
    },
  ],
  [
    "number_in_header",
    {
      template: { header: { kind: "text", text: "Hi {{1}}" }, body: "The branch has something for you." },
      values: { "1": "Awa" },
    },
  ],
  [
    "address",
    {
      template: { buttons: [{ kind: "url", id: "a", text: "Open", url: "https://bank.test/loans/{{loan_id}}" }] },
      values: { loan_id: "A/1 b" },
    },
  ],
  ["coupon", { template: { buttons: [{ kind: "coupon", id: "a", text: "Copy code" }] }, values: { coupon: "SAVE10" } }],
  ["catalogue", { template: { buttons: [{ kind: "catalogue", id: "a", text: "Shop" }] } }],
  [
    "catalogue_with_a_picture",
    { template: { buttons: [{ kind: "catalogue", id: "a", text: "Shop", thumbnail: "gold" }] } },
  ],
  [
    "products",
    {
      template: { buttons: [{ kind: "products", id: "a", text: "See the cards" }] },
      values: { "products.thumbnail": "gold", "products.list": "Cards: gold, black; Savings: plus" },
    },
  ],
  [
    "products_without_a_title",
    {
      template: { buttons: [{ kind: "products", id: "a", text: "See the cards" }] },
      values: { "products.thumbnail": "gold", "products.list": "gold, black" },
    },
  ],
  [
    "product",
    {
      template: { header: { kind: "product" }, buttons: [{ kind: "product", id: "a", text: "View" }] },
      values: { "product.catalogue": "194836987003835", "product.id": "gold" },
    },
  ],
  ["voice_call", { template: { buttons: [{ kind: "voice-call", id: "a", text: "Talk to us", minutes: 10_080 }] } }],
  ["contact_request", { template: { buttons: [{ kind: "contact-request", id: "a", text: "Share contact info" }] } }],
  ...orders.map(({ payBy, currency, value }): [string, Part] => [
    `order_paid_by_${payBy.kind}`,
    {
      template: { buttons: [{ kind: "order", id: "a", text: "Review and pay", currency, payBy }] },
      values: {
        "order.reference": "L-1-3",
        "order.lines": "Instalment 3: 250.00; Late fee: 2 x 12.50",
        ...(value && { [`order.${payBy.kind}`]: value }),
      },
      category: "utility",
    },
  ]),
  [
    "order_status",
    {
      template: { header: { kind: "order-status" } },
      values: { "order.reference": "L-1-3", "order.status": "completed" },
      category: "utility",
    },
  ],
  [
    "code_that_fills_in",
    {
      template: {
        ...codeContent("en", { minutes: 5, advisesSecrecy: true, autofill }),
        status: "approved",
      } as TemplateLanguage,
      values: { code: "482913" },
      category: "authentication",
    },
  ],
  [
    "offer",
    {
      template: {
        header: { kind: "offer", text: "Ends soon", hasEnd: true, media: "image" },
        buttons: [
          { kind: "coupon", id: "a", text: "Copy code" },
          { kind: "url", id: "b", text: "Open", url: "https://bank.test/loans/{{loan_id}}" },
        ],
      },
      values: {
        image: "https://bank.test/a.png",
        "offer.ends": "2099-12-31T18:00:00Z",
        coupon: "SAVE10",
        loan_id: "L1",
      },
    },
  ],
  [
    "cards",
    {
      template: { header: { kind: "cards", media: "image", cards: [aCard(1), aCard(2)] } },
      values: {
        ...{ "card.1.image": "https://bank.test/1.png", "card.2.image": "https://bank.test/2.png" },
        ...{ rate_1: "3.1 %", rate_2: "2.9 %", loan_id: "L1" },
      },
    },
  ],
  ["code", { template: { ...code, status: "approved" }, values: { code: "482913" }, category: "authentication" }],
])("a template with %s is reviewed and sent", async (name, { template, values = {}, category = "marketing" }) => {
  const content = { ...plain, ...template };
  const connection = { channelId: "c", baseUrl: sandbox.url, ...identity };
  const { status: _, ...text } = content;
  const samples = {
    first_name: "Awa",
    loan_id: "L1",
    "1": "Dakar",
    "2": "Awa",
    coupon: "SAVE10",
    rate_1: "3 %",
    rate_2: "2 %",
  };
  const submitted = await metaCloud.submitTemplate(connection, {
    ...{ name: `parts_${name}`, category, samples, linkBase: "https://bank.test/r/" },
    content: text,
  });
  expect(submitted).toMatchObject({ outcome: "accepted", status: "approved" });
  const request: SendRequest = {
    template: `parts_${name}`,
    purpose: "service",
    values: { first_name: "Awa", ...values },
    links: {},
    sendingHours: null,
  };
  const prepared = prepareMessage({ request }, content, { publicUrl: "https://bank.test", knownCodes: {}, category });
  expect(prepared.missing).toEqual([]);
  const sent = await metaCloud.send(
    connection,
    { ref: name, to: { phone: "+33612345678" }, message: prepared.outgoing },
    AbortSignal.timeout(5_000),
  );
  expect(sent).toMatchObject({ outcome: "accepted" });
});

test("each card gets its own file and values, and an offer the end that the event brought", () => {
  const request = (values: SendRequest["values"]) => ({
    ...{ template: "t", purpose: "marketing" as const, links: {}, sendingHours: null },
    values,
  });
  const at = { publicUrl: "https://b.test", knownCodes: {} };
  const cards = { ...plain, header: { kind: "cards" as const, media: "image" as const, cards: [aCard(1), aCard(2)] } };
  const values = {
    "card.1.image": "https://b.test/1.png",
    "card.2.image": "https://b.test/2.png",
    rate_1: "3",
    rate_2: "2",
  };
  const { outgoing, content, missing } = prepareMessage({ request: request(values) }, cards, at);
  expect(outgoing.cards?.map(({ header, body }) => [header, body])).toEqual([
    [{ kind: "media", type: "image", media: { url: "https://b.test/1.png" } }, { rate_1: "3" }],
    [{ kind: "media", type: "image", media: { url: "https://b.test/2.png" } }, { rate_2: "2" }],
  ]);
  expect(content.cards?.map(({ body }) => body)).toEqual(["Loan 1 at 3 for you", "Loan 2 at 2 for you"]);
  expect(missing).toEqual(["loan_id", "first_name"]);
  const offer = { ...plain, header: { kind: "offer" as const, text: "Soon", hasEnd: true, media: null } };
  const ends = (value: string | null) =>
    prepareMessage({ request: request({ first_name: "Awa", "offer.ends": value }) }, offer, at);
  expect(ends("2026-12-31T18:00:00+01:00").outgoing.offerEndsAt).toBe(Date.UTC(2026, 11, 31, 17));
  expect(ends("1798736400000").outgoing.offerEndsAt).toBe(1798736400000);
  expect(ends("in two days").missing).toEqual(["offer.ends"]);
  expect(ends(null).missing).toEqual(["offer.ends"]);
});

test("an order says its lines and its total, and what no phone could read stays behind", () => {
  const button = { kind: "order" as const, id: "a", text: "Pay", currency: "BRL" as const };
  const bill = { ...plain, buttons: [{ ...button, payBy: { kind: "boleto" as const } }] };
  const status = { ...plain, header: { kind: "order-status" as const } };
  const at = { publicUrl: "https://b.test", knownCodes: {} };
  const prepared = (template: TemplateLanguage, values: SendRequest["values"]) =>
    prepareMessage(
      {
        request: {
          ...{ template: "t", purpose: "service" as const, links: {}, sendingHours: null },
          values: { first_name: "Awa", "order.reference": "L-1-3", ...values },
        },
      },
      template,
      at,
    );
  const { content } = prepared(bill, { "order.lines": "Instalment: 250; Fee: 2 x 12.5", "order.boleto": "0339" });
  expect(content.bill).toEqual({
    reference: "L-1-3",
    currency: "BRL",
    lines: [
      { name: "Instalment", quantity: 1, amountMinor: 25_000 },
      { name: "Fee", quantity: 2, amountMinor: 1250 },
    ],
    totalMinor: 27_500,
    status: null,
  });
  // The gate looks for full card numbers in what a person reads.
  expect(prepared(bill, { "order.lines": "Card 4111 1111 1111 1111: 5", "order.boleto": "0339" }).text).toContain(
    "4111 1111",
  );
  expect(prepared(bill, { "order.lines": "Instalment", "order.boleto": null }).missing).toEqual([
    "order.lines",
    "order.boleto",
  ]);
  expect(prepared(status, { "order.status": "completed" }).outgoing.order).toEqual({
    reference: "L-1-3",
    status: "completed",
  });
  expect(prepared(status, { "order.status": "paid" }).missing).toEqual(["order.status"]);
});

test("the value at the end of an address is one part of it", () => {
  const request = {
    template: "t",
    purpose: "service" as const,
    values: { loan_id: "A/1 b" },
    links: {},
    sendingHours: null,
  };
  const content = {
    ...plain,
    body: "Hello",
    buttons: [{ kind: "url" as const, id: "a", text: "Open", url: "https://bank.test/{{loan_id}}" }],
  };
  const { outgoing, content: shown } = prepareMessage({ request }, content, {
    publicUrl: "https://b.test",
    knownCodes: {},
  });
  expect(outgoing.buttons).toEqual([{ index: 0, kind: "link", value: "A%2F1%20b" }]);
  expect(shown.buttons[0]?.url).toBe("https://bank.test/A%2F1%20b");
});
