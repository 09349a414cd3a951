import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aSandbox, identity } from "../sandbox.fixture.ts";

/** Every limit of sections 3 and 3.2 of Meta's rules: at its edge, and one past it with the code that answers. */
let sandbox: Awaited<ReturnType<typeof aSandbox>>;

beforeAll(async () => {
  sandbox = await aSandbox();
  await sandbox.control.say("33612345678", "Hello");
});
afterAll(() => sandbox.remove());

const a = (length: number) => "a".repeat(length);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const codeOf = async (message: object) => (await sandbox.send(message)).body.error?.code ?? null;

type Interactive = { type: string; action: object } & Record<string, unknown>;
const interactive = (message: Interactive) => ({
  type: "interactive",
  interactive: { body: { text: "Body" }, ...message },
});
const media = (type: string, node: object) => ({ type, [type]: { link: "https://b.test/x", ...node } });

const reply = (id: string, title: string) => ({ type: "reply", reply: { id, title } });
const buttons = (...list: object[]) => ({ type: "button", action: { buttons: list } });
const yes = buttons(reply("1", "Yes"));
const row = (index: number, more: object = {}) => ({ id: `r${index}`, title: `Row ${index}`, ...more });
const list = (sections: object[], button = "Open") => ({ type: "list", action: { button, sections } });
const cta = (parameters: object) => ({
  type: "cta_url",
  action: { name: "cta_url", parameters: { display_text: "Pay", url: "https://b.test", ...parameters } },
});
const flow = (parameters: object) => ({
  type: "flow",
  action: {
    name: "flow",
    parameters: { flow_message_version: "3", flow_id: "1", flow_cta: "Open", ...parameters },
  },
});
const products = (count: number, from = 0) => times(count, (index) => ({ product_retailer_id: `p${from + index}` }));
const productList = (sections: object[], more: object = {}) => ({
  type: "product_list",
  header: { type: "text", text: "Ours" },
  ...more,
  action: { catalog_id: "1", sections },
});
const card = (index: number, more: object = {}) => ({
  card_index: index,
  header: { type: "image", image: { link: "https://b.test/i.png" } },
  body: { text: "Card" },
  action: { name: "cta_url", parameters: { display_text: "Buy", url: "https://b.test" } },
  ...more,
});
const quick = (...ids: string[]) => ({
  action: { buttons: ids.map((id) => ({ type: "quick_reply", quick_reply: { id, title: "Yes" } })) },
});
const carousel = (cards: object[]) => ({ type: "carousel", action: { cards } });
const amount = (value: number) => ({ value, offset: 100 });
const order = (more: object = {}, orderMore: object = {}) => ({
  type: "order_details",
  action: {
    name: "review_and_pay",
    parameters: {
      reference_id: "ref",
      type: "digital-goods",
      currency: "INR",
      total_amount: amount(1100),
      payment_configuration: "ours",
      order: {
        status: "pending",
        items: [{ retailer_id: "1", name: "bread", amount: amount(500), quantity: 2 }],
        subtotal: amount(1000),
        tax: amount(100),
        shipping: amount(100),
        discount: amount(100),
        ...orderMore,
      },
      ...more,
    },
  },
});
const orderStatus = (status: string, more: object = {}) => ({
  type: "order_status",
  action: { name: "review_order", parameters: { reference_id: "ref", order: { status, ...more } } },
});
const plain = (type: string, name: string, parameters?: object) => ({
  type,
  action: { name, ...(parameters ? { parameters } : {}) },
});
const headed = (header: object) => ({ ...yes, header });
const name = { formatted_name: "Zoé" };

type Limit = [what: string, fits: object, past: object, code: number];

const messages: Limit[] = [
  ["text", { text: { body: a(4096) } }, { text: { body: a(4097) } }, 100],
  ["text that is not empty", { text: { body: "a" } }, { text: { body: "" } }, 131009],
  ["image caption", media("image", { caption: a(1024) }), media("image", { caption: a(1025) }), 131009],
  ["video caption", media("video", { caption: a(1024) }), media("video", { caption: a(1025) }), 131009],
  ["document caption", media("document", { caption: a(1024) }), media("document", { caption: a(1025) }), 131009],
  ["audio has no caption", media("audio", {}), media("audio", { caption: "a" }), 131009],
  ["sticker has no caption", media("sticker", {}), media("sticker", { caption: "a" }), 131009],
  ["media by link", media("image", {}), media("image", { link: "ftp://b.test/x" }), 131009],
  ["media by id or link", media("image", {}), { type: "image", image: { caption: "a" } }, 131008],
  ["media by one of both", media("image", {}), media("image", { id: "1" }), 131009],
  [
    "latitude",
    { type: "location", location: { latitude: 90, longitude: 180 } },
    { type: "location", location: { latitude: 90.1, longitude: 0 } },
    131009,
  ],
  [
    "longitude",
    { type: "location", location: { latitude: "-90", longitude: "-180" } },
    { type: "location", location: { latitude: 0, longitude: 180.1 } },
    131009,
  ],
  [
    "a location's longitude",
    { type: "location", location: { latitude: 1, longitude: 1 } },
    { type: "location", location: { latitude: 1 } },
    131008,
  ],
  [
    "a second part of a contact's name",
    { type: "contacts", contacts: [{ name: { ...name, first_name: "Zoé" } }] },
    { type: "contacts", contacts: [{ name }] },
    131009,
  ],
  [
    "a contact's formatted name",
    { type: "contacts", contacts: [{ name: { ...name, last_name: "B" } }] },
    { type: "contacts", contacts: [{ name: { first_name: "Zoé" } }] },
    131008,
  ],
  [
    "one emoji",
    { type: "reaction", reaction: { message_id: "wamid.x", emoji: "👨‍👩‍👧" } },
    { type: "reaction", reaction: { message_id: "wamid.x", emoji: "👍👍" } },
    131009,
  ],
  [
    "no emoji takes it back",
    { type: "reaction", reaction: { message_id: "wamid.x", emoji: "" } },
    { type: "reaction", reaction: { message_id: "wamid.x" } },
    131008,
  ],
  [
    "opaque data",
    { text: { body: "a" }, biz_opaque_callback_data: a(512) },
    { text: { body: "a" }, biz_opaque_callback_data: a(513) },
    131009,
  ],
  ["recipient type", { text: { body: "a" } }, { text: { body: "a" }, recipient_type: "crowd" }, 131009],
];

const interactives: [what: string, fits: Interactive, past: Interactive, code: number][] = [
  ["header text", headed({ type: "text", text: a(60) }), headed({ type: "text", text: a(61) }), 131009],
  ["header kind", headed({ type: "image", image: { link: "https://b.test" } }), headed({ type: "audio" }), 131009],
  ["header media", headed({ type: "video", video: { link: "https://b.test" } }), headed({ type: "video" }), 131008],
  ["footer", { ...yes, footer: { text: a(60) } }, { ...yes, footer: { text: a(61) } }, 131009],
  ["body", { ...yes, body: { text: a(1024) } }, { ...yes, body: { text: a(1025) } }, 131009],
  ["a body at all", yes, { ...yes, body: undefined }, 131008],
  [
    "buttons",
    buttons(...times(3, (i) => reply(`${i}`, `${i}`))),
    buttons(...times(4, (i) => reply(`${i}`, `${i}`))),
    131009,
  ],
  ["one button", yes, buttons(), 131009],
  ["button title", buttons(reply("1", a(20))), buttons(reply("1", a(21))), 131009],
  ["button id", buttons(reply(a(256), "Yes")), buttons(reply(a(257), "Yes")), 131009],
  ["different ids", buttons(reply("1", "A"), reply("2", "B")), buttons(reply("1", "A"), reply("1", "B")), 131009],
  [
    "list body",
    { ...list([{ rows: [row(1)] }]), body: { text: a(4096) } },
    { ...list([{ rows: [row(1)] }]), body: { text: a(4097) } },
    131009,
  ],
  ["list label", list([{ rows: [row(1)] }], a(20)), list([{ rows: [row(1)] }], a(21)), 131009],
  [
    "list header is text",
    { ...list([{ rows: [row(1)] }]), header: { type: "text", text: "a" } },
    { ...list([{ rows: [row(1)] }]), header: { type: "image", image: { link: "https://b.test" } } },
    131009,
  ],
  [
    "sections",
    list(times(10, (i) => ({ title: `${i}`, rows: [row(i)] }))),
    list(times(11, (i) => ({ title: `${i}`, rows: [row(i)] }))),
    131009,
  ],
  [
    "rows over all sections",
    list([
      { title: "a", rows: times(5, row) },
      { title: "b", rows: times(5, (i) => row(i + 5)) },
    ]),
    list([
      { title: "a", rows: times(5, row) },
      { title: "b", rows: times(6, (i) => row(i + 5)) },
    ]),
    131009,
  ],
  ["section title", list([{ title: a(24), rows: [row(1)] }]), list([{ title: a(25), rows: [row(1)] }]), 131009],
  [
    "a title for each section",
    list([{ rows: [row(1)] }]),
    list([{ rows: [row(1)] }, { title: "b", rows: [row(2)] }]),
    131009,
  ],
  ["row id", list([{ rows: [row(1, { id: a(200) })] }]), list([{ rows: [row(1, { id: a(201) })] }]), 131009],
  ["row title", list([{ rows: [row(1, { title: a(24) })] }]), list([{ rows: [row(1, { title: a(25) })] }]), 131009],
  [
    "row description",
    list([{ rows: [row(1, { description: a(72) })] }]),
    list([{ rows: [row(1, { description: a(73) })] }]),
    131009,
  ],
  ["different rows", list([{ rows: [row(1), row(2)] }]), list([{ rows: [row(1), row(1)] }]), 131009],
  ["link label", cta({ display_text: a(20) }), cta({ display_text: a(21) }), 131009],
  ["a web address", cta({}), cta({ url: "b.test" }), 131009],
  ["no IP address", cta({ url: "https://1.test" }), cta({ url: "https://1.2.3.4:80/x" }), 131009],
  ["flow label", flow({ flow_cta: a(30) }), flow({ flow_cta: a(31) }), 131009],
  ["flow version", flow({}), flow({ flow_message_version: "2" }), 131009],
  ["a flow by id or name", flow({ flow_id: undefined, flow_name: "kyc" }), flow({ flow_id: undefined }), 131008],
  ["a flow by one of both", flow({}), flow({ flow_name: "kyc" }), 131009],
  ["flow mode", flow({ mode: "draft" }), flow({ mode: "live" }), 131009],
  ["flow action", flow({ flow_action: "data_exchange" }), flow({ flow_action: "jump" }), 131009],
  [
    "flow data that is not empty",
    flow({ flow_action_payload: { screen: "A", data: { x: 1 } } }),
    flow({ flow_action_payload: { screen: "A", data: {} } }),
    131009,
  ],
  [
    "location request",
    plain("location_request_message", "send_location"),
    plain("location_request_message", "send"),
    131009,
  ],
  [
    "contact request",
    plain("request_contact_info", "request_contact_info"),
    plain("request_contact_info", "send_contact"),
    131009,
  ],
  [
    "address country",
    plain("address_message", "address_message", { country: "IN" }),
    plain("address_message", "address_message", { country: "FR" }),
    131009,
  ],
  [
    "call permission",
    plain("call_permission_request", "call_permission_request"),
    plain("call_permission_request", "x"),
    131009,
  ],
  [
    "call label",
    plain("voice_call", "voice_call", { display_text: a(20) }),
    plain("voice_call", "voice_call", { display_text: a(21) }),
    131009,
  ],
  [
    "product",
    { type: "product", action: { catalog_id: "1", product_retailer_id: "p" } },
    { type: "product", action: { catalog_id: "1" } },
    131008,
  ],
  [
    "products over all sections",
    productList([
      { title: "a", product_items: products(15) },
      { title: "b", product_items: products(15, 15) },
    ]),
    productList([
      { title: "a", product_items: products(15) },
      { title: "b", product_items: products(16, 15) },
    ]),
    131009,
  ],
  [
    "product sections",
    productList(times(10, (i) => ({ title: `${i}`, product_items: products(1, i) }))),
    productList(times(11, (i) => ({ title: `${i}`, product_items: products(1, i) }))),
    131009,
  ],
  [
    "product section title",
    productList([{ title: a(24), product_items: products(1) }]),
    productList([{ title: a(25), product_items: products(1) }]),
    131009,
  ],
  [
    "a header over products",
    productList([{ product_items: products(1) }]),
    productList([{ product_items: products(1) }], { header: undefined }),
    131008,
  ],
  [
    "catalogue",
    plain("catalog_message", "catalog_message", { thumbnail_product_retailer_id: "p" }),
    plain("catalog_message", "catalog"),
    131009,
  ],
  ["cards", carousel(times(10, (i) => card(i))), carousel(times(11, (i) => card(i))), 131009],
  ["two cards", carousel([card(0), card(1)]), carousel([card(0)]), 131009],
  [
    "card body",
    carousel([card(0, { body: { text: a(160) } }), card(1)]),
    carousel([card(0, { body: { text: a(161) } }), card(1)]),
    131009,
  ],
  [
    "card replies",
    carousel([card(0, quick("1", "2")), card(1, quick("3", "4"))]),
    carousel([card(0, quick("1", "2", "3")), card(1, quick("4"))]),
    131009,
  ],
  ["cards of one shape", carousel([card(0), card(1)]), carousel([card(0), card(1, quick("1"))]), 131009],
  ["card numbers", carousel([card(1), card(0)]), carousel([card(0), card(2)]), 131009],
  ["card media", carousel([card(0), card(1)]), carousel([card(0), card(1, { header: undefined })]), 131008],
  ["total", order(), order({ total_amount: amount(1101) }), 131009],
  [
    "total without shipping and discount",
    order({}, { shipping: undefined, discount: undefined }),
    order({}, { shipping: undefined }),
    131009,
  ],
  ["subtotal", order(), order({ total_amount: amount(1101) }, { subtotal: amount(1001) }), 131009],
  ["reference", order({ reference_id: a(35) }), order({ reference_id: a(36) }), 131009],
  ["currency", order({ currency: "BRL" }), order({ currency: "USD" }), 131009],
  ["offset", order(), order({ total_amount: { value: 1100, offset: 10 } }), 131009],
  [
    "a way to pay",
    order({
      payment_configuration: undefined,
      payment_settings: [{ type: "payment_link", payment_link: { uri: "https://b.test" } }],
    }),
    order({ payment_configuration: undefined }),
    131008,
  ],
  [
    "settings of a way to pay",
    order({ payment_settings: [{ type: "boleto", boleto: { digitable_line: "1" } }] }),
    order({ payment_settings: [{ type: "boleto" }] }),
    131009,
  ],
  ["order status", orderStatus("shipped"), orderStatus("lost"), 131009],
  [
    "order status words",
    orderStatus("shipped", { description: a(120) }),
    orderStatus("shipped", { description: a(121) }),
    131009,
  ],
  ["a known kind", yes, { ...yes, type: "hologram" }, 131009],
];

describe.each<Limit>([
  ...messages,
  ...interactives.map(
    ([what, fits, past, code]): Limit => [`interactive: ${what}`, interactive(fits), interactive(past), code],
  ),
])("%s", (_, fits, past, code) => {
  test("fits at the edge", async () => expect(await codeOf(fits)).toBeNull());
  test("is refused one past it", async () => expect(await codeOf(past)).toBe(code));
});

describe("uploads", () => {
  const megabyte = 1024 * 1024;
  const upload = async (type: string, bytes: Buffer | number) => {
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("type", type);
    form.set(
      "file",
      new Blob([new Uint8Array(typeof bytes === "number" ? Buffer.alloc(bytes) : bytes)], { type }),
      "a",
    );
    const url = `${sandbox.url}/v25.0/${identity.phoneNumberId}/media`;
    const headers = { authorization: `Bearer ${identity.token}` };
    const answer = await fetch(url, { method: "POST", body: form, headers });
    return (await answer.json()) as { id?: string; error?: { code: number } };
  };
  const moving = (bytes: number) => {
    const webp = Buffer.alloc(bytes);
    webp.write("RIFF\0\0\0\0WEBPVP8X", "latin1");
    webp[20] = 0x02;
    return webp;
  };

  test.each([
    ["image/jpeg", 5 * megabyte],
    ["image/png", 5 * megabyte],
    ["video/mp4", 16 * megabyte],
    ["audio/ogg", 16 * megabyte],
    ["image/webp", 100 * 1024],
  ])("%s has at most %i bytes", async (type, most) => {
    expect((await upload(type, most)).id).toMatch(/^\d{16}$/);
    expect((await upload(type, most + 1)).error?.code).toBe(131053);
  });

  test("a sticker that moves may be larger", async () => {
    expect((await upload("image/webp", moving(500 * 1024))).id).toMatch(/^\d{16}$/);
    expect((await upload("image/webp", moving(500 * 1024 + 1))).error?.code).toBe(131053);
  });

  test("other types are not taken", async () => {
    expect((await upload("image/gif", 10)).error?.code).toBe(131053);
  });

  test.each([
    ["image", "image/png", undefined],
    ["image", "application/pdf", 131053],
    ["sticker", "image/png", 131053],
    ["audio", "video/mp4", 131053],
    ["document", "image/png", undefined],
  ])("as %s a file of type %s fails with %s", async (kind, type, code) => {
    const { id } = await upload(type, 10);
    const answer = await sandbox.send({ type: kind, [kind]: { id } });
    expect(answer.status).toBe(200);
    const wamid = answer.body.messages?.[0]?.id ?? "";
    expect(sandbox.sandbox.world.messages.get(wamid)?.failsWith).toBe(code);
  });
});
