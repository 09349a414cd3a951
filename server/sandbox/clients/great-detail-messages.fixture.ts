import { type CreateMessageOptions, MessageType } from "@great-detail/whatsapp";
import { expect } from "vitest";
import { identity } from "../sandbox.fixture.ts";
import { shows, to } from "./client.fixture.ts";

/** `wamid` is a message of the person's. */
type Sent = [kind: string, make: (wamid: string) => CreateMessageOptions, inLedger: object];

export const at = { phoneNumberID: identity.phoneNumberId, to };
const link = (file: string) => `https://b.test/${file}`;
const body = { text: "Body" };

// The client's type of a reaction is that of a file; what it sends is what it is given, so a reaction can be sent in spite of it.
const reaction = (wamid: string, emoji: string): CreateMessageOptions => {
  const given = { message_id: wamid, emoji, filename: undefined };
  return { ...at, type: MessageType.Reaction, reaction: given };
};

const contact = {
  name: { formatted_name: "Zoé Martin", first_name: "Zoé" },
  phones: [{ phone: "+33611111111", type: "CELL", wa_id: "33611111111" }],
  emails: [{ email: "z@b.test", type: "WORK" }],
  urls: [{ url: "https://b.test", type: "WORK" }],
  addresses: [{ type: "HOME", city: "Paris", country_code: "FR" }],
  birthday: "1990-01-31",
};

export const plain: Sent[] = [
  ["text", () => ({ ...at, type: MessageType.Text, text: { body: "Bonjour 💳" } }), { body: "Bonjour 💳" }],
  [
    "text with a preview",
    () => ({ ...at, type: MessageType.Text, text: { body: link("x"), preview_url: true } }),
    { rendered: { preview: { url: link("x") } } },
  ],
  [
    "image by link",
    () => ({ ...at, type: MessageType.Image, image: { link: link("i.png"), caption: "Card" } }),
    shows("image", { url: link("i.png") }, "Card"),
  ],
  [
    "video by link",
    () => ({ ...at, type: MessageType.Video, video: { link: link("v.mp4"), caption: "Flat" } }),
    shows("video", { url: link("v.mp4") }, "Flat"),
  ],
  [
    "audio by link",
    () => ({ ...at, type: MessageType.Audio, audio: { link: link("a.mp3") } }),
    shows("audio", { url: link("a.mp3") }),
  ],
  [
    "document by link",
    () => ({
      ...at,
      type: MessageType.Document,
      document: { link: link("d.pdf"), caption: "Loan", filename: "loan.pdf" },
    }),
    shows("document", { url: link("d.pdf"), fileName: "loan.pdf" }, "Loan"),
  ],
  [
    "sticker by link",
    () => ({ ...at, type: MessageType.Sticker, sticker: { link: link("s.webp") } }),
    shows("sticker", { url: link("s.webp") }),
  ],
  [
    "location",
    () => ({
      ...at,
      type: MessageType.Location,
      location: { latitude: 48.85, longitude: 2.35, name: "Louvre", address: "Paris" },
    }),
    { rendered: { place: { latitude: 48.85, longitude: 2.35, name: "Louvre", address: "Paris" } } },
  ],
  [
    "contacts",
    () => ({ ...at, type: MessageType.Contacts, contacts: [contact] }),
    { rendered: { contacts: [{ name: "Zoé Martin", emails: ["z@b.test"], birthday: "1990-01-31" }] } },
  ],
  ["reaction", (wamid) => reaction(wamid, "👍"), { rendered: { reaction: { emoji: "👍" } } }],
  ["reaction taken back", (wamid) => reaction(wamid, ""), { rendered: { reaction: { emoji: "" } } }],
  [
    "quote with data of its own",
    (wamid) => ({
      ...at,
      type: MessageType.Text,
      text: { body: "Hi" },
      context: { message_id: wamid },
      biz_opaque_callback_data: '{"step":1}',
    }),
    { ref: '{"step":1}', contextWamid: expect.stringMatching(/^wamid\./) },
  ],
];

/** Media by the id that an upload of the same client gave. */
export const byId: [kind: string, mimeType: string, make: (mediaId: string) => CreateMessageOptions][] = [
  ["image", "image/png", (id) => ({ ...at, type: MessageType.Image, image: { id } })],
  ["video", "video/mp4", (id) => ({ ...at, type: MessageType.Video, video: { id } })],
  ["audio", "audio/ogg", (id) => ({ ...at, type: MessageType.Audio, audio: { id } })],
  ["document", "application/pdf", (id) => ({ ...at, type: MessageType.Document, document: { id } })],
  ["sticker", "image/webp", (id) => ({ ...at, type: MessageType.Sticker, sticker: { id } })],
];

type Interactive = Extract<CreateMessageOptions, { type: MessageType.Interactive }>["interactive"];
const interactive = (given: Interactive) => (): CreateMessageOptions => ({
  ...at,
  type: MessageType.Interactive,
  interactive: given,
});

const replies = {
  type: "button" as const,
  body,
  action: {
    buttons: ["yes", "no"].map((id) => ({ type: "reply" as const, reply: { id, title: id } })),
  },
};
const openLink = { name: "cta_url" as const, parameters: { display_text: "Pay", url: link("pay") } };
const image = { type: "image" as const, image: { link: link("i.png") } };

export const byInteraction: Sent[] = [
  [
    "reply buttons under a text",
    interactive({ ...replies, header: { type: "text", text: "Head" }, footer: { text: "Footer" } }),
    { rendered: { header: { text: "Head" }, footer: "Footer", buttons: [{ id: "yes" }, { id: "no" }] } },
  ],
  [
    "reply buttons under image",
    interactive({ ...replies, header: image }),
    { rendered: { header: { kind: "image" } } },
  ],
  [
    "reply buttons under video",
    interactive({ ...replies, header: { type: "video", video: { link: link("v.mp4") } } }),
    { rendered: { header: { kind: "video" } } },
  ],
  [
    "reply buttons under document",
    interactive({ ...replies, header: { type: "document", document: { link: link("d.pdf"), filename: "d.pdf" } } }),
    { rendered: { header: { kind: "document", fileName: "d.pdf" } } },
  ],
  [
    "list",
    interactive({
      type: "list",
      body,
      action: { button: "Choose", sections: [{ title: "A", rows: [{ id: "1", title: "One", description: "first" }] }] },
    }),
    { rendered: { list: { label: "Choose", sections: [{ title: "A" }] } } },
  ],
  [
    "link button",
    interactive({ type: "cta_url", body, action: openLink }),
    { rendered: { buttons: [{ kind: "url", text: "Pay", url: link("pay") }] } },
  ],
  [
    "cards with links",
    interactive({
      type: "carousel",
      body,
      action: { cards: [0, 1].map((card_index) => ({ card_index, type: "cta_url", header: image, action: openLink })) },
    }),
    { rendered: { cards: [{ buttons: [{ url: link("pay") }] }, { buttons: [{ url: link("pay") }] }] } },
  ],
  [
    "cards with replies",
    interactive({
      type: "carousel",
      body,
      action: {
        cards: [0, 1].map((card_index) => ({
          card_index,
          type: "cta_url",
          header: image,
          action: { buttons: [{ type: "quick_reply", quick_reply: { id: `c${card_index}`, title: "Yes" } }] },
        })),
      },
    }),
    { rendered: { cards: [{ buttons: [{ id: "c0" }] }, { buttons: [{ id: "c1" }] }] } },
  ],
  [
    "cards with products",
    interactive({
      type: "carousel",
      body,
      action: {
        cards: [0, 1].map((card_index) => ({
          card_index,
          type: "product",
          action: { product_retailer_id: `p${card_index}`, catalog_id: "1" },
        })),
      },
    }),
    {
      rendered: {
        cards: [{ header: { product: { retailerId: "p0" } } }, { header: { product: { retailerId: "p1" } } }],
      },
    },
  ],
];

type Template = Extract<CreateMessageOptions, { type: MessageType.Template }>["template"];
const template =
  (name: string, components: Template["components"] = []) =>
  (): CreateMessageOptions => ({
    ...at,
    type: MessageType.Template,
    template: { name, language: { code: "en", policy: "deterministic" }, components },
  });

export const byTemplate: Sent[] = [
  ["no values", template("card_sent"), { body: "Your card is on its way." }],
  [
    "text, currency, date, payload and link",
    template("rich", [
      { type: "header", parameters: [{ type: "text", text: "Zoé" }] },
      {
        type: "body",
        parameters: [
          { type: "currency", currency: { fallback_value: "€ 9", code: "EUR", amount_1000: 9000 } },
          { type: "date_time", date_time: { fallback_value: "1 May" } },
          { type: "text", text: "you" },
        ],
      },
      { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "me" }] },
      { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "x1" }] },
    ]),
    {
      body: "You paid € 9 at the shop on 1 May with your card, as you asked.",
      rendered: { header: { text: "Dear Zoé" }, buttons: [{ payload: "me" }, { url: "https://b.test/r/x1" }] },
    },
  ],
  [
    "an image",
    template("with_image", [
      { type: "header", parameters: [{ type: MessageType.Image, image: { link: link("i.png") } }] },
    ]),
    { rendered: { header: { kind: "image", url: link("i.png") } } },
  ],
  [
    "a video",
    template("with_video", [
      { type: "header", parameters: [{ type: MessageType.Video, video: { link: link("v.mp4") } }] },
    ]),
    { rendered: { header: { kind: "video" } } },
  ],
  [
    "a document",
    template("with_document", [
      {
        type: "header",
        parameters: [{ type: MessageType.Document, document: { link: link("d.pdf"), filename: "d.pdf" } }],
      },
    ]),
    { rendered: { header: { kind: "document", fileName: "d.pdf" } } },
  ],
  [
    "a place",
    template("with_location", [
      {
        type: "header",
        parameters: [{ type: "location", location: { latitude: "1", longitude: "2", name: "Bank", address: "Paris" } }],
      },
    ]),
    { rendered: { header: { kind: "location", place: { latitude: 1, longitude: 2 } } } },
  ],
  [
    "a value by name",
    template("named", [{ type: "body", parameters: [{ type: "text", text: "Zoé", parameter_name: "first_name" }] }]),
    { body: "Dear Zoé, your card is on its way." },
  ],
  [
    "a code",
    template("code", [
      { type: "body", parameters: [{ type: "text", text: "123456" }] },
      { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "123456" }] },
    ]),
    { rendered: { buttons: [{ kind: "otp" }] } },
  ],
];
