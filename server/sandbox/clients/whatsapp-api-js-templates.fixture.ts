import {
  BodyComponent,
  BodyParameter,
  CarouselCard,
  CarouselComponent,
  CatalogComponent,
  CopyComponent,
  Currency,
  DateTime,
  Document,
  FlowComponent,
  HeaderComponent,
  HeaderParameter,
  Image,
  Location,
  LTOComponent,
  MPMComponent,
  PayloadComponent,
  ProductSection,
  SkipButtonComponent,
  Template,
  URLComponent,
  Video,
} from "whatsapp-api-js/messages";
import { link, product, type Sent } from "./whatsapp-api-js-messages.fixture.ts";

const template = (name: string, ...components: ConstructorParameters<typeof Template>[2][]) =>
  new Template(name, "en", ...components);

export const byTemplate: Sent[] = [
  ["no values", () => template("card_sent"), { body: "Your card is on its way." }],
  [
    "text, currency, date, payload and link",
    () =>
      template(
        "rich",
        new HeaderComponent(new HeaderParameter("Zoé")),
        new BodyComponent(
          new BodyParameter(new Currency(9000, "EUR", "€ 9")),
          new BodyParameter(new DateTime("1 May")),
          new BodyParameter("you"),
        ),
        new PayloadComponent("me"),
        new URLComponent("x1"),
      ),
    {
      body: "You paid € 9 at the shop on 1 May with your card, as you asked.",
      rendered: {
        header: { text: "Dear Zoé" },
        buttons: [
          { kind: "quick_reply", payload: "me" },
          { kind: "url", url: "https://b.test/r/x1" },
        ],
      },
    },
  ],
  [
    "a button that takes no value before one that does",
    () =>
      template(
        "rich",
        new HeaderComponent(new HeaderParameter("Zoé")),
        new BodyComponent(new BodyParameter("€ 9"), new BodyParameter("1 May"), new BodyParameter("you")),
        new SkipButtonComponent(),
        new URLComponent("x2"),
      ),
    { rendered: { buttons: [{ payload: "It was me" }, { url: "https://b.test/r/x2" }] } },
  ],
  [
    "an image",
    () => template("with_image", new HeaderComponent(new HeaderParameter(new Image(link("i.png"))))),
    { rendered: { header: { kind: "image" } } },
  ],
  [
    "a video",
    () => template("with_video", new HeaderComponent(new HeaderParameter(new Video(link("v.mp4"))))),
    { rendered: { header: { kind: "video" } } },
  ],
  [
    "a document",
    () =>
      template(
        "with_document",
        new HeaderComponent(new HeaderParameter(new Document(link("d.pdf"), false, undefined, "d.pdf"))),
      ),
    { rendered: { header: { kind: "document", fileName: "d.pdf" } } },
  ],
  [
    "a place",
    () => template("with_location", new HeaderComponent(new HeaderParameter(new Location(2, 1, "Bank", "Paris")))),
    { rendered: { header: { kind: "location", place: { latitude: 1, longitude: 2 } } } },
  ],
  [
    "a value by name",
    () => template("named", new BodyComponent(new BodyParameter("Zoé", "first_name"))),
    { body: "Dear Zoé, your card is on its way." },
  ],
  [
    "an offer that ends, and a code",
    () =>
      template(
        "offer",
        new HeaderComponent(new HeaderParameter(new Image(link("i.png")))),
        new LTOComponent(4_000_000_000_000),
        new CopyComponent("LOAN2"),
        new URLComponent("x3"),
      ),
    {
      rendered: {
        offer: { expiresAt: 4_000_000_000_000 },
        buttons: [{ payload: "LOAN2" }, { url: "https://b.test/o/x3" }],
      },
    },
  ],
  [
    "cards",
    () =>
      template(
        "cards",
        new CarouselComponent(
          new CarouselCard(new Image(link("1.png")), new PayloadComponent("first")),
          new CarouselCard(new Image(link("2.png")), new PayloadComponent("second")),
        ),
      ),
    { rendered: { cards: [{ buttons: [{ payload: "first" }] }, { buttons: [{ payload: "second" }] }] } },
  ],
  [
    "a flow",
    () => template("form", new FlowComponent("t", { a: 1 })),
    { rendered: { buttons: [{ flow: { flowName: "kyc", token: "t", data: { a: 1 } } }] } },
  ],
  [
    "a catalogue",
    () => template("shop", new CatalogComponent(product)),
    { rendered: { catalog: { thumbnailRetailerId: "p" } } },
  ],
  [
    "products",
    () => template("products", new MPMComponent(product, new ProductSection("All", product))),
    { rendered: { catalog: { sections: [{ title: "All" }] } } },
  ],
  ["a code", () => Template.OTP("code", "en", "123456"), { rendered: { buttons: [{ kind: "otp" }] } }],
];
