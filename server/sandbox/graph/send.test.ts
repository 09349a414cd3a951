import { afterAll, beforeAll, expect, test } from "vitest";
import { aSandbox, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;

beforeAll(async () => {
  sandbox = await aSandbox();
  await sandbox.control.say("33612345678", "Hello");
  await sandbox.createTemplate({
    name: "statement",
    language: "en",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "DOCUMENT", example: { header_handle: ["4::x"] } },
      {
        type: "BODY",
        text: "Dear {{1}}, your balance is {{2}} as of this very morning.",
        example: { body_text: [["Zoé", "5 EUR"]] },
      },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Details" },
          { type: "URL", text: "Open", url: "https://b.test/{{1}}", example: ["x"] },
        ],
      },
    ],
  });
  await sandbox.createTemplate({
    name: "named",
    language: "en",
    category: "UTILITY",
    parameter_format: "NAMED",
    components: [
      {
        type: "BODY",
        text: "Dear {{first_name}}, all is well today.",
        example: { body_text_named_params: [{ param_name: "first_name", example: "Zoé" }] },
      },
    ],
  });
});
afterAll(() => sandbox.remove());

const pdf = {
  type: "header",
  parameters: [{ type: "document", document: { link: "https://b.test/s.pdf", filename: "s.pdf" } }],
};
const body = (...texts: string[]) => ({ type: "body", parameters: texts.map((text) => ({ type: "text", text })) });
const open = { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "code" }] };
const template = (name: string, components: object[], code = "en") => ({
  type: "template",
  template: { name, language: { code }, components },
});
const statement = (...components: object[]) => template("statement", components);
const named = (parameter_name: string | undefined, text = "Zoé") =>
  template("named", [
    { type: "body", parameters: [{ type: "text", text, ...(parameter_name ? { parameter_name } : {}) }] },
  ]);
const replies = (...titles: string[]) => ({
  type: "interactive",
  interactive: {
    type: "button",
    body: { text: "Choose" },
    action: { buttons: titles.map((title, index) => ({ type: "reply", reply: { id: `b${index}`, title } })) },
  },
});
const list = (rowCount: number) => ({
  type: "interactive",
  interactive: {
    type: "list",
    body: { text: "Choose" },
    action: {
      button: "Open",
      sections: [
        { rows: Array.from({ length: rowCount }, (_, index) => ({ id: `r${index}`, title: `Row ${index}` })) },
      ],
    },
  },
});

test.each<[string, object, number | null]>([
  ["a template with all its values", statement(pdf, body("Zoé", "5 EUR"), open), null],
  ["a name nobody knows", template("nothing", []), 132001],
  ["a language that was never made", template("statement", [], "fr"), 132001],
  ["too few body values", statement(pdf, body("Zoé"), open), 132000],
  ["too many body values", statement(pdf, body("Zoé", "5", "6"), open), 132000],
  ["no document for the header", statement(body("Zoé", "5"), open), 132018],
  [
    "an image for a document",
    statement(
      { type: "header", parameters: [{ type: "image", image: { link: "https://b.test/i.png" } }] },
      body("Z", "5"),
      open,
    ),
    132018,
  ],
  ["no value for the link", statement(pdf, body("Zoé", "5")), 131008],
  ["a button that does not exist", statement(pdf, body("Z", "5"), open, { ...open, index: 7 }), 131009],
  ["a link value for a quick reply", statement(pdf, body("Z", "5"), open, { ...open, index: 0 }), 132018],
  ["an empty value", statement(pdf, body("", "5"), open), 131008],
  ["a new line in a value", statement(pdf, body("Zoé\nRé", "5"), open), 132012],
  ["five spaces in a value", statement(pdf, body("Zoé     Ré", "5"), open), 132012],
  ["values that make the text too long", statement(pdf, body("a".repeat(1020), "5"), open), 132005],
  ["a named value", named("first_name"), null],
  ["a value without its name", named(undefined), 132018],
  ["a value with another name", named("name"), 132018],
  ["text", { type: "text", text: { body: "Hello" } }, null],
  ["text without a type", { text: { body: "Hello" } }, null],
  ["text of 4097 letters", { type: "text", text: { body: "a".repeat(4097) } }, 100],
  ["text without a body", { type: "text", text: {} }, 131008],
  ["no text at all", { type: "text" }, 131008],
  ["a type nobody knows", { type: "hologram", hologram: {} }, 131051],
  ["three reply buttons", replies("Yes", "No", "Later"), null],
  ["four reply buttons", replies("a", "b", "c", "d"), 131009],
  ["a button title of 21 letters", replies("a".repeat(21)), 131009],
  ["the same title twice", replies("Yes", "Yes"), 131009],
  ["a list of ten rows", list(10), null],
  ["a list of eleven rows", list(11), 131009],
  [
    "a link button",
    {
      type: "interactive",
      interactive: {
        type: "cta_url",
        body: { text: "Pay" },
        action: { name: "cta_url", parameters: { display_text: "Pay", url: "https://b.test" } },
      },
    },
    null,
  ],
  [
    "a link button to an IP address",
    {
      type: "interactive",
      interactive: {
        type: "cta_url",
        body: { text: "Pay" },
        action: { name: "cta_url", parameters: { display_text: "Pay", url: "http://10.0.0.1/x" } },
      },
    },
    131009,
  ],
  ["an image by link", { type: "image", image: { link: "https://b.test/i.png", caption: "Map" } }, null],
  ["an image nobody uploaded", { type: "image", image: { id: "123" } }, 131009],
  [
    "a reference of 513 letters",
    { type: "text", text: { body: "Hi" }, biz_opaque_callback_data: "a".repeat(513) },
    131009,
  ],
  ["a phone that is none", { type: "text", text: { body: "Hi" }, to: "hello" }, 131009],
  ["the business itself", { type: "text", text: { body: "Hi" }, to: identity.displayPhone }, 131021],
  ["nobody", { type: "text", text: { body: "Hi" }, to: undefined }, 100],
  ["another product", { type: "text", text: { body: "Hi" }, messaging_product: "sms" }, 100],
])("%s", async (_, message, code) => {
  const answer = await sandbox.send(message);
  expect(answer.body.error?.code ?? null).toBe(code);
  expect(answer.status === 200).toBe(code === null);
});

test("a wrong count names place and numbers, as Meta does", async () => {
  const answer = await sandbox.send(statement(pdf, body("Zoé"), open));
  expect(answer).toMatchObject({
    status: 400,
    body: {
      error: {
        message: "(#132000) Number of parameters does not match the expected number of params",
        type: "OAuthException",
        error_data: {
          messaging_product: "whatsapp",
          details: "body: number of localizable_params (1) does not match the expected number of params (2)",
        },
        fbtrace_id: expect.any(String),
      },
    },
  });
});

test("before v23 a wrong format has the older code", async () => {
  expect((await sandbox.send(named("name"), "v22.0")).body.error?.code).toBe(132012);
});

test.each([
  ["PAUSED", 132015],
  ["DISABLED", 132016],
  ["REJECTED", 132001],
])("a template that is %s is not sent", async (event, code) => {
  const created = await sandbox.createTemplate({
    name: `t_${event.toLowerCase()}`,
    language: "en",
    category: "UTILITY",
    components: [{ type: "BODY", text: "All is well." }],
  });
  await sandbox.control.call("POST", `templates/${created.body.id}/decide`, { event });
  const answer = await sandbox.send(template(`t_${event.toLowerCase()}`, []));
  expect(answer.body.error?.code).toBe(code);
});

test("a business-scoped user id is answered without a phone", async () => {
  const user = await sandbox.control.call("POST", "users", { wa_id: "33612345671", bsuid: "FR.12345" });
  expect(user).toMatchObject({ bsuid: "FR.12345" });
  const answer = await sandbox.send({ ...template("hello_world", [], "en_US"), to: undefined, recipient: "FR.12345" });
  expect(answer.body).toMatchObject({ contacts: [{ input: "FR.12345", user_id: "FR.12345" }] });
  expect(JSON.stringify(answer.body)).not.toContain('33612345671"');
});

test.each([
  ["no token", { authorization: "" }, "v25.0", 401, 190],
  ["a wrong token", { authorization: "Bearer wrong" }, "v25.0", 401, 190],
  ["a version that is gone", {}, "v20.0", 400, 2635],
])("%s is refused", async (_, headers, version, status, code) => {
  const answer = await sandbox.graph(
    "GET",
    `${version}/${identity.phoneNumberId}`,
    undefined,
    headers as Record<string, string>,
  );
  expect(answer).toMatchObject({ status, body: { error: { code } } });
});

test("an id nobody knows is 100 with subcode 33", async () => {
  const answer = await sandbox.graph("GET", "v25.0/1234567890123456");
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
});
