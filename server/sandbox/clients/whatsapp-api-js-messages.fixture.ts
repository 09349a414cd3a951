import {
  ActionButtons,
  ActionCallPermission,
  ActionCatalog,
  ActionContactRequest,
  ActionCTA,
  ActionDataExchangeFlow,
  ActionFlow,
  ActionList,
  ActionLocation,
  ActionNavigateFlow,
  ActionProduct,
  ActionProductList,
  Address,
  Audio,
  Birthday,
  Body,
  Button,
  CatalogProduct,
  Contacts,
  Document,
  Email,
  Footer,
  Header,
  Image,
  Interactive,
  ListSection,
  Location,
  Name,
  Organization,
  Phone,
  Product,
  ProductSection,
  Reaction,
  Row,
  Sticker,
  Text,
  Url,
  Video,
} from "whatsapp-api-js/messages";
import type { ClientMessage } from "whatsapp-api-js/types";
import { shows } from "./client.fixture.ts";

export const link = (file: string) => `https://b.test/${file}`;
const body = new Body("Body");
const footer = new Footer("Footer");
const catalogProduct = new CatalogProduct("p", "1");
export const product = new Product("p");

export const voice = new Audio(link("a.ogg"), false, true);

/** `wamid` is a message of the person's. */
export type Sent = [kind: string, make: (wamid: string) => ClientMessage, inLedger: object];

export const plain: Sent[] = [
  ["text", () => new Text("Bonjour 💳"), { type: "text", body: "Bonjour 💳" }],
  [
    "text with a preview",
    () => new Text("See https://b.test/x", true),
    { rendered: { preview: { url: "https://b.test/x" } } },
  ],
  ["image by link", () => new Image(link("i.png"), false, "Card"), shows("image", { url: link("i.png") }, "Card")],
  ["video by link", () => new Video(link("v.mp4"), false, "Flat"), shows("video", { url: link("v.mp4") }, "Flat")],
  ["audio by link", () => new Audio(link("a.mp3")), shows("audio", { url: link("a.mp3") })],
  ["voice message by link", () => voice, { type: "audio", rendered: { isVoice: true } }],
  [
    "document by link",
    () => new Document(link("d.pdf"), false, "Contract", "loan.pdf"),
    shows("document", { url: link("d.pdf"), fileName: "loan.pdf" }, "Contract"),
  ],
  ["sticker by link", () => new Sticker(link("s.webp")), shows("sticker", { url: link("s.webp") })],
  [
    "location",
    () => new Location(2.35, 48.85, "Louvre", "Paris"),
    { rendered: { place: { latitude: 48.85, longitude: 2.35, name: "Louvre", address: "Paris" } } },
  ],
  [
    "contacts",
    () =>
      new Contacts([
        new Name("Zoé Martin", "Zoé"),
        new Phone("+33611111111", "CELL", "33611111111"),
        new Email("z@b.test", "WORK"),
        new Url("https://b.test", "WORK"),
        new Address("France", "FR", undefined, "Paris"),
        new Organization("Bank"),
        new Birthday("1990", "01", "31"),
      ]),
    {
      rendered: {
        contacts: [
          {
            name: "Zoé Martin",
            organisation: "Bank",
            emails: ["z@b.test"],
            links: ["https://b.test"],
            birthday: "1990-01-31",
            phones: [{ phone: "+33611111111", kind: "CELL", waId: "33611111111" }],
          },
        ],
      },
    },
  ],
  ["reaction", (wamid) => new Reaction(wamid, "👍"), { rendered: { reaction: { emoji: "👍" } } }],
  ["reaction taken back", (wamid) => new Reaction(wamid), { rendered: { reaction: { emoji: "" } } }],
];

/** Media by the id that an upload of the same client gave. */
export const byId: [kind: string, type: string, make: (mediaId: string) => ClientMessage][] = [
  ["image", "image/png", (id) => new Image(id, true)],
  ["video", "video/mp4", (id) => new Video(id, true)],
  ["audio", "audio/ogg", (id) => new Audio(id, true)],
  ["document", "application/pdf", (id) => new Document(id, true)],
  ["sticker", "image/webp", (id) => new Sticker(id, true)],
];

const buttons = (...shown: object[]) => ({ type: "interactive", body: "Body", rendered: { buttons: shown } });

export const byInteraction: Sent[] = [
  [
    "reply buttons under a text",
    () =>
      new Interactive(
        new ActionButtons(new Button("y", "Yes"), new Button("n", "No")),
        body,
        new Header("Head"),
        footer,
      ),
    {
      body: "Body",
      rendered: {
        header: { kind: "text", text: "Head" },
        footer: "Footer",
        buttons: [
          { kind: "reply", id: "y", text: "Yes" },
          { kind: "reply", id: "n", text: "No" },
        ],
      },
    },
  ],
  ...[
    ["image", () => new Header(new Image(link("i.png")))] as const,
    ["video", () => new Header(new Video(link("i.png")))] as const,
    ["document", () => new Header(new Document(link("i.png")))] as const,
  ].map(
    ([kind, header]): Sent => [
      `reply buttons under ${kind}`,
      () => new Interactive(new ActionButtons(new Button("y", "Yes")), body, header()),
      { rendered: { header: { kind, url: link("i.png") } } },
    ],
  ),
  [
    "list",
    () =>
      new Interactive(
        new ActionList(
          "Choose",
          new ListSection("A", new Row("1", "One", "first")),
          new ListSection("B", new Row("2", "Two")),
        ),
        body,
      ),
    { rendered: { list: { label: "Choose", sections: [{ title: "A" }, { title: "B" }] } } },
  ],
  [
    "link button",
    () => new Interactive(new ActionCTA("Pay", link("pay")), body),
    buttons({ kind: "url", text: "Pay", url: link("pay") }),
  ],
  [
    "flow by name",
    () =>
      new Interactive(
        new ActionFlow({
          flow_name: "kyc",
          flow_cta: "Open",
          flow_action: "navigate",
          flow_action_payload: { screen: "S" },
        }),
        body,
      ),
    buttons({ kind: "flow", flow: { flowName: "kyc", screen: "S" } }),
  ],
  [
    "flow that navigates",
    () => new Interactive(new ActionNavigateFlow("t", "123", "Open", "START", { a: 1 }), body),
    buttons({ kind: "flow", flow: { flowId: "123", token: "t", screen: "START", data: { a: 1 } } }),
  ],
  [
    "flow with an endpoint",
    () => new Interactive(new ActionDataExchangeFlow("t", "123", "Open"), body),
    buttons({ kind: "flow", flow: { action: "data_exchange" } }),
  ],
  ["location request", () => new Interactive(new ActionLocation(), body), buttons({ kind: "location" })],
  ["contact request", () => new Interactive(new ActionContactRequest(), body), buttons({ kind: "contact_info" })],
  [
    "call permission request",
    () => new Interactive(new ActionCallPermission(), body),
    buttons({ kind: "call_permission" }),
  ],
  [
    "product",
    () => new Interactive(new ActionProduct(catalogProduct), body),
    { rendered: { catalog: { catalogId: "1" } } },
  ],
  [
    "product list",
    () => new Interactive(new ActionProductList("1", new ProductSection("All", product)), body, new Header("Ours")),
    { rendered: { catalog: { sections: [{ title: "All" }] } } },
  ],
  [
    "catalogue",
    () => new Interactive(new ActionCatalog(product), body),
    { rendered: { catalog: { thumbnailRetailerId: "p" } } },
  ],
];
