import type { DraftButton, DraftContent } from "./lint-template.ts";
import { momentOf } from "./local-time.ts";
import { productSections } from "./product-list.ts";
import {
  cardFile,
  fillText,
  offerEnd,
  placeVariables,
  productsVariables,
  productVariables,
  type TemplateButton,
  type TemplateContent,
  templateVariables,
  variablesIn,
} from "./template.ts";
import {
  isBadOrderValue,
  type OrderLine,
  orderLines,
  orderLinesVariable,
  orderReference,
  orderStatusVariable,
  orderTotalMinor,
} from "./template-order.ts";

/** A message as it is drawn on a phone and kept with its log entry. */
export type RenderedMessage = {
  header: RenderedHeader | null;
  body: string;
  footer: string | null;
  buttons: RenderedButton[];
  offer?: RenderedOffer;
  cards?: RenderedCard[];
  products?: RenderedProducts;
  bill?: RenderedBill;
  /** One row opens the list. */
  list?: RenderedList;
  /** It is a sound, and nothing else. */
  audio?: { url?: string };
};

export type RenderedList = {
  label: string;
  sections: { title: string | null; rows: { id: string; title: string; description?: string }[] }[];
};

export type RenderedButton = { kind: string; id: string; text: string; url?: string };

/** `endsAt` in milliseconds since 1970; null: it has no end, or none is known yet. */
export type RenderedOffer = { title: string; code?: string; endsAt: number | null };

/** Goods of a catalogue: their pictures and prices live with the provider. Null as the count: not known yet. */
export type RenderedProducts = { kind: "one" | "several" | "catalogue"; title: string | null; count: number | null };

/**
 * An order of the business, to be paid or telling how far it is. Null as the total: what it asks for is not known yet; as the status:
 * it is to be paid. Amounts in hundredths of the currency.
 */
export type RenderedBill = {
  reference: string;
  currency: string;
  lines: OrderLine[];
  totalMinor: number | null;
  status: string | null;
};

export type RenderedCard = { file: RenderedFile; body: string; buttons: RenderedButton[] };

type RenderedFile = { kind: "image"; alt: string; url?: string } | { kind: "video"; url?: string };

export type RenderedHeader =
  | { kind: "text"; text: string }
  | { kind: "document"; fileName: string; url?: string }
  | RenderedFile
  | { kind: "location"; place: { latitude: number; longitude: number; name: string; address: string } };

/** `text` is everything a person reads, for the gate; `missing` names the variables without a value, whose blanks stay visible. */
export type Rendering = { content: RenderedMessage; text: string; missing: string[] };

/** Fills a template. `links` are addresses by variable ("link.upload"). */
export function renderMessage(
  template: TemplateContent,
  values: Readonly<Record<string, string | null>>,
  links: Readonly<Record<string, string>>,
): Rendering {
  const texts = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const given = new Set([...Object.keys(texts), ...Object.keys(links)]);
  const header = template.header && renderHeader(template.header, texts);
  const body = fillText(template.body, texts);
  const press = (button: TemplateButton) => renderButton(button, texts, links);
  const buttons = template.buttons.map(press);
  const beside = renderBeside(template, texts, press);
  const words = [
    header?.kind === "text" ? header.text : "",
    header?.kind === "location" ? `${header.place.name}\n${header.place.address}` : "",
    beside.offer?.title ?? "",
    ...(beside.bill ? [beside.bill.reference, ...beside.bill.lines.map(({ name }) => name)] : []),
    body,
    template.footer ?? "",
    ...buttons.map(({ text }) => text),
    ...(beside.cards ?? []).flatMap((card) => [card.body, ...card.buttons.map(({ text }) => text)]),
  ];
  return {
    content: { header, body, footer: template.footer, buttons, ...beside },
    text: words.filter(Boolean).join("\n"),
    missing: templateVariables(template).filter(
      (variable) =>
        !given.has(variable) ||
        (variable === offerEnd && offerEndOf(texts) === null) ||
        (variable === productsVariables[1] && productSections(texts[variable] ?? "") === null) ||
        isBadOrderValue(variable, texts[variable] ?? ""),
    ),
  };
}

/** When an offer ends, in milliseconds since 1970; null: no moment is told by its value. A time without a zone is UTC. */
export function offerEndOf(texts: Readonly<Record<string, string | null>>): number | null {
  const value = texts[offerEnd] ?? null;
  return momentOf(value !== null && /^\d{9,15}$/.test(value) ? Number(value) : value, "UTC") ?? null;
}

function renderButton(button: DraftButton, texts: Texts, links: Readonly<Record<string, string>>): RenderedButton {
  const url = button.kind === "url" ? fillAddress(button.url, texts) : links[`link.${button.id}`];
  const text = button.kind === "one-time-code" && button.autofill ? button.autofill.text : button.text;
  return { kind: button.kind, id: button.id, text, ...(url === undefined ? {} : { url }) };
}

/** What stands with a message beside its header: an offer, goods, or a carousel's cards. */
function renderBeside(
  { header, buttons }: Pick<DraftContent, "header" | "buttons">,
  texts: Texts,
  press: (button: DraftButton) => RenderedButton,
): Pick<RenderedMessage, "offer" | "cards" | "products" | "bill"> {
  const bill = renderBill({ header, buttons }, texts);
  if (bill) return { bill };
  const products = renderProducts({ header, buttons }, texts);
  if (products) return { products };
  if (header?.kind === "offer") {
    const code = texts.coupon;
    return { offer: { title: header.text, ...(code && { code }), endsAt: header.hasEnd ? offerEndOf(texts) : null } };
  }
  if (header?.kind !== "cards") return {};
  const cards = header.cards.map(({ body, buttons }, index) => ({
    file: renderFile(header.media, texts[cardFile(index, header.media)]),
    body: fillText(body, texts),
    buttons: buttons.map(press),
  }));
  return { cards };
}

/** The order that a message is about; null: it is about none. */
function renderBill({ header, buttons }: Pick<DraftContent, "header" | "buttons">, texts: Texts): RenderedBill | null {
  const button = buttons.find((one) => one.kind === "order");
  const reference = texts[orderReference] ?? "";
  if (header?.kind === "order-status")
    return { reference, currency: "INR", lines: [], totalMinor: null, status: texts[orderStatusVariable] ?? "pending" };
  if (button?.kind !== "order") return null;
  const lines = orderLines(texts[orderLinesVariable] ?? "");
  const totalMinor = lines && orderTotalMinor(lines);
  return { reference, currency: button.currency, lines: lines ?? [], totalMinor, status: null };
}

/** The goods that a message offers; null: it offers none. */
function renderProducts(
  { header, buttons }: Pick<DraftContent, "header" | "buttons">,
  texts: Texts,
): RenderedProducts | null {
  if (header?.kind === "product") return { kind: "one", title: texts[productVariables[1]] || null, count: 1 };
  const kind = buttons.find((button) => button.kind === "catalogue" || button.kind === "products")?.kind;
  if (kind === "catalogue") return { kind, title: null, count: null };
  if (kind === undefined) return null;
  const sections = productSections(texts[productsVariables[1]] ?? "");
  const count = sections?.reduce((sum, { productIds }) => sum + productIds.length, 0) ?? null;
  return { kind: "several", title: sections?.[0]?.title ?? null, count };
}

const renderFile = (kind: "image" | "video", url: string | undefined): RenderedFile => {
  const at = url === undefined ? {} : { url };
  return kind === "image" ? { kind, alt: "", ...at } : { kind, ...at };
};

type Texts = Readonly<Record<string, string>>;

/** What stands above the body with these values. A place without coordinates is drawn in the middle of the map. */
export function renderHeader(
  header: NonNullable<DraftContent["header"]>,
  texts: Readonly<Record<string, string>>,
): RenderedHeader | null {
  switch (header.kind) {
    case "text":
      return { kind: "text", text: fillText(header.text, texts) };
    case "document":
      return {
        kind: "document",
        fileName: header.fileName,
        ...(texts.document === undefined ? {} : { url: texts.document }),
      };
    case "image":
    case "video":
      return renderFile(header.kind, texts[header.kind]);
    case "offer":
      return header.media && renderFile(header.media, texts[header.media]);
    case "cards":
    case "product":
    case "order-status":
      return null;
    case "location": {
      const [latitude = "", longitude = "", name = "", address = ""] = placeVariables.map(
        (variable) => texts[variable],
      );
      return {
        kind: "location",
        place: { latitude: Number(latitude) || 0, longitude: Number(longitude) || 0, name, address },
      };
    }
  }
}

/**
 * A text for a preview: its blanks stay, to be drawn as such. A document is no link to its sample; a picture shows it; a button without
 * words yet shows that.
 */
export function previewMessage(content: Omit<DraftContent, "language">, samples: Texts): RenderedMessage {
  const { header, body, footer } = content;
  const press = (button: DraftButton) => {
    const { url: _, ...shown } = renderButton(button, {}, {});
    return { ...shown, text: shown.text || "…" };
  };
  const beside = renderBeside(content, samples, press);
  const isPlain = header?.kind === "text" || header?.kind === "document";
  return {
    header: isPlain || header === null ? header : renderHeader(header, samples),
    body,
    footer,
    buttons: content.buttons.map(press),
    ...(beside.offer && { offer: beside.offer }),
    ...(beside.products && { products: beside.products }),
    ...(beside.bill && { bill: beside.bill }),
    ...(beside.cards && {
      cards: beside.cards.map((card, index) => ({
        ...card,
        body: header?.kind === "cards" ? (header.cards[index]?.body ?? "") : "",
      })),
    }),
  };
}

/** What fills an address's variable is one part of it, whatever signs it holds. */
export const addressEnd = (value: string): string => encodeURIComponent(value);

const fillAddress = (url: string, texts: Record<string, string>): string =>
  fillText(
    url,
    Object.fromEntries(
      variablesIn(url).flatMap((name) => (texts[name] === undefined ? [] : [[name, addressEnd(texts[name])]])),
    ),
  );
