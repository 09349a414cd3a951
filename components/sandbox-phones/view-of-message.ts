import type {
  ButtonView,
  CardView,
  FileView,
  HeaderView,
  MessageView,
  OrderView,
} from "#components/phone/message-view.ts";
import type { Rendered, RenderedButton, RenderedHeader, RenderedOrder } from "#server/sandbox/rendered.ts";
import type { PhoneMessage } from "./phones-list.ts";
import { viewOfInbound } from "./view-of-inbound.ts";

/** The words of buttons whose label WhatsApp chooses; null for all others. */
export type LabelOf = (kind: string) => string | null;

/** A row of the sandbox's ledger as a phone draws it. */
export function viewOfMessage(message: PhoneMessage, labelOf: LabelOf = () => null): MessageView {
  const rendered = renderedOf(message);
  if (!message.isFromBusiness || !rendered) return viewOfInbound(message);
  const { type, body } = message;
  if (type === "location" && rendered.place) return { kind: "place", place: rendered.place };
  if (type === "contacts" && rendered.contacts)
    return {
      kind: "people",
      people: rendered.contacts.map((person) => ({ name: person.name, detail: person.phones[0]?.phone })),
    };
  if (fileKinds.has(type)) {
    const file = fileOf(message, { kind: type, ...rendered.header });
    return { kind: "attached", file, ...(body ? { caption: body } : {}) };
  }
  // A row from before the sandbox said what it shows: the sender's own object still does.
  if (type === "location" || type === "contacts") return viewOfInbound(message);
  return viewOfPlain(message, rendered, labelOf);
}

/** Our own sandbox has written it by this very type; nobody else does. */
const renderedOf = ({ rendered }: PhoneMessage) => rendered as Rendered | null;

const fileKinds = new Set(["image", "video", "audio", "document", "sticker"]);

function viewOfPlain(message: PhoneMessage, rendered: Rendered, labelOf: LabelOf): MessageView {
  const listRows = rendered.buttons.filter((button) => button.kind === "row");
  const list = rendered.list ?? (listRows.length > 0 ? listFromRows(message, listRows) : null);
  const cards = rendered.cards?.map((card, index) => cardOf(message, card, { index, labelOf }));
  return {
    kind: "plain",
    header: headerOf(message, rendered.header),
    body: message.body ?? "",
    footer: rendered.footer,
    buttons: rendered.buttons.flatMap((button, index) =>
      button.kind === "row" ? [] : [buttonOf(button, String(index), labelOf)],
    ),
    list,
    ...(rendered.preview ? { preview: { url: rendered.preview.url, host: hostOf(rendered.preview.url) } } : {}),
    ...(rendered.offer ? { offer: offerOf(rendered) } : {}),
    ...(cards ? { cards } : {}),
    ...(rendered.order ? { order: orderOf(rendered.order) } : {}),
    ...(rendered.orderStatus ? { order: statusOf(rendered.orderStatus) } : {}),
    ...(rendered.catalog ? { products: productsOf(rendered.catalog) } : {}),
    ...(rendered.header?.product
      ? { products: { kind: "one", title: rendered.header.product.retailerId, count: 1 } as const }
      : {}),
  };
}

/** Before lists had sections of their own, their rows were buttons and the label stood in the sender's object. */
function listFromRows(message: PhoneMessage, rows: RenderedButton[]) {
  const action = nodeOf(nodeOf(message.content?.interactive).action);
  return {
    label: typeof action.button === "string" ? action.button : "",
    sections: [
      {
        title: null,
        rows: rows.map(({ id = "", text, description }) => ({
          id,
          title: text,
          ...(description ? { description } : {}),
        })),
      },
    ],
  };
}

function headerOf(message: PhoneMessage, header: RenderedHeader | null): HeaderView | null {
  if (!header || header.kind === "product") return null;
  if (header.kind === "text") return header.text ? { kind: "text", text: header.text } : null;
  if (header.kind === "location") return header.place ? { kind: "location", place: header.place } : null;
  const file = fileOf(message, header);
  if (file.kind === "audio") return null;
  return "alt" in file ? { kind: "image", url: file.url, alt: file.alt } : file;
}

type Given = { kind: string; url?: string; mediaId?: string; fileName?: string };

/** A file by the id it was uploaded with, else by its address. */
function fileOf(message: PhoneMessage, given: Given): FileView {
  const id = given.mediaId ?? idIn(message);
  const facts = message.files.find((file) => file.id === id);
  const url = facts ? fileAddress(facts.id) : given.url;
  switch (given.kind) {
    case "video":
    case "gif":
      return { kind: "video", url };
    case "audio":
      return { kind: "audio", url, isVoice: renderedOf(message)?.isVoice ?? false, seed: message.wamid };
    case "document":
      return {
        kind: "document",
        url,
        fileName: given.fileName ?? facts?.fileName ?? "document.pdf",
        ...(facts ? { bytes: facts.bytes } : {}),
      };
    default:
      return { kind: given.kind === "sticker" ? "sticker" : "image", url, alt: "" };
  }
}

const idIn = ({ content, type }: PhoneMessage): string | undefined => {
  const { id } = nodeOf(content?.[type]);
  return typeof id === "string" ? id : undefined;
};

/** Where the page finds a file of the sandbox. */
export const fileAddress = (id: string): string => `/api/sandbox-files/${id}`;

const buttonKinds: Record<string, string> = {
  phone_number: "phone",
  voice_call: "phone",
  call_permission: "phone",
  copy_code: "copy",
  otp: "copy",
  flow: "form",
  catalog: "shop",
  mpm: "shop",
  spm: "shop",
  order_details: "pay",
};

function buttonOf(button: RenderedButton, id: string, labelOf: LabelOf): ButtonView {
  const kind = buttonKinds[button.kind] ?? button.kind;
  const value = kind === "copy" ? (button.payload ?? codeIn(button.url)) : button.payload;
  return {
    id,
    kind,
    text: labelOf(button.kind) ?? button.text,
    // The address of a code is Meta's, not a page for the customer.
    ...(button.url && kind !== "copy" ? { url: button.url } : {}),
    ...(value ? { value } : {}),
  };
}

const codeIn = (url: string | undefined): string | undefined =>
  url ? (/[?&]code=(?:otp)?([^&]+)/.exec(url)?.[1] ?? url) : undefined;

type CardPlace = { index: number; labelOf: LabelOf };

/** A card's buttons are named "card.button", by their places. */
function cardOf(message: PhoneMessage, card: NonNullable<Rendered["cards"]>[number], place: CardPlace): CardView {
  const file = card.header && card.header.kind !== "text" ? fileOf(message, card.header) : null;
  return {
    file: card.header?.kind === "product" ? { kind: "image", alt: card.header.product?.retailerId ?? "" } : file,
    body: card.body ?? "",
    buttons: card.buttons.map((button, index) => buttonOf(button, `${place.index}.${index}`, place.labelOf)),
  };
}

function offerOf({ offer, buttons }: Rendered) {
  const code = buttons.find((button) => button.kind === "copy_code")?.payload;
  return { title: offer?.text ?? "", endsAt: offer?.expiresAt ?? null, ...(code ? { code } : {}) };
}

function orderOf(order: RenderedOrder): OrderView {
  const sums = [
    { kind: "subtotal" as const, amount: order.subtotalMinor },
    { kind: "tax" as const, amount: order.taxMinor },
    { kind: "shipping" as const, amount: order.shippingMinor },
    { kind: "discount" as const, amount: order.discountMinor },
  ];
  return {
    reference: order.referenceId,
    currency: order.currency,
    status: null,
    items: order.items.map((item) => ({
      name: item.name,
      quantity: item.quantity,
      amount: (item.saleAmountMinor ?? item.amountMinor) / 100,
    })),
    sums: sums.filter(({ amount }) => amount > 0).map(({ kind, amount }) => ({ kind, amount: amount / 100 })),
    total: order.totalMinor / 100,
  };
}

const statusOf = ({ referenceId, status }: NonNullable<Rendered["orderStatus"]>): OrderView => ({
  reference: referenceId,
  currency: "USD",
  status,
  items: [],
  sums: [],
  total: null,
});

function productsOf({ sections }: NonNullable<Rendered["catalog"]>) {
  const products = sections.flatMap((section) => section.products);
  const kind = products.length === 0 ? "catalogue" : products.length === 1 ? "one" : "several";
  return {
    kind: kind as "one" | "several" | "catalogue",
    title: products.length === 1 ? (products[0]?.retailerId ?? null) : (sections[0]?.title ?? null),
    count: products.length,
  };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host.replace(/^www\./, "") : url);

export const nodeOf = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
