import type { JsonObject } from "#flow/json.ts";

/** A place on the map: a location message or a template's location header. */
export type RenderedPlace = { latitude: number; longitude: number; name?: string; address?: string };

/** The top of a message. `kind`: text, image, video, document, gif, audio, sticker, location or product. */
export type RenderedHeader = {
  kind: string;
  text?: string;
  /** Where the bytes are, when the sender gave an address. */
  url?: string;
  /** The bytes' id, when the sender has uploaded them: `GET /{id}` leads to them. */
  mediaId?: string;
  fileName?: string;
  place?: RenderedPlace;
  product?: RenderedProduct;
};

export type RenderedProduct = { retailerId: string; catalogId?: string };

/** What opens when somebody presses a flow button (sections 3.2, 5 and 9). Absent parts were not given. */
export type RenderedFlow = {
  flowId?: string;
  flowName?: string;
  /** "unused" is Meta's own default. */
  token: string;
  mode: "draft" | "published";
  action: "navigate" | "data_exchange";
  screen?: string;
  data?: JsonObject;
};

/**
 * One thing that can be pressed. `kind`: quick_reply and reply (they answer), row (of a list), url, phone_number, voice_call,
 * copy_code, otp, flow, catalog, mpm, spm, order_details, location, address, contact_info, call_permission or pay.
 */
export type RenderedButton = {
  kind: string;
  text: string;
  url?: string;
  /** What a quick reply sends back, the number that is called, or the code that is copied. */
  payload?: string;
  id?: string;
  description?: string;
  flow?: RenderedFlow;
};

/** One card of a carousel; a product card has only its product. */
export type RenderedCard = { header: RenderedHeader | null; body: string | null; buttons: RenderedButton[] };

/** A group of a list's rows; the same rows are in `buttons` too, in the same order. */
export type RenderedSection = {
  title: string | null;
  rows: { id: string; title: string; description?: string }[];
};

/** Products of a catalogue: one, some under titles, or the whole catalogue with a thumbnail. */
export type RenderedCatalog = {
  catalogId?: string;
  thumbnailRetailerId?: string;
  sections: { title: string | null; products: RenderedProduct[] }[];
};

/** A contact somebody is handed. */
export type RenderedContact = {
  name: string;
  organisation?: string;
  phones: { phone: string; kind?: string; waId?: string }[];
  emails: string[];
  links: string[];
  birthday?: string;
};

/** A bill. Amounts are in minor units of the currency (offset 100). */
export type RenderedOrder = {
  referenceId: string;
  currency: string;
  totalMinor: number;
  subtotalMinor: number;
  taxMinor: number;
  shippingMinor: number;
  discountMinor: number;
  items: { retailerId: string; name: string; quantity: number; amountMinor: number; saleAmountMinor?: number }[];
  /** How it can be paid: a named configuration, pix_dynamic_code, payment_link, boleto, payment_gateway... */
  payBy: string[];
};

/**
 * What a phone shows of a message, with variables filled in and links complete. The text itself is the message's `body`.
 * Every part but the first three is absent where the message has none, so old rows and new readers get along.
 */
export type Rendered = {
  /** For media messages the media itself is the header and the caption is the body. */
  header: RenderedHeader | null;
  footer: string | null;
  /** In the order of their positions: `tap` counts them from 0. */
  buttons: RenderedButton[];
  /** The first link of a text whose sender asked for a preview. */
  preview?: { url: string };
  /** True for a voice message. */
  isVoice?: boolean;
  /** A list: the label that opens it, and its rows by section. */
  list?: { label: string; sections: RenderedSection[] };
  cards?: RenderedCard[];
  /** A limited-time offer's line; `expiresAt` in milliseconds since 1970, null without an end. */
  offer?: { text: string; expiresAt: number | null };
  place?: RenderedPlace;
  contacts?: RenderedContact[];
  /** An empty emoji takes an earlier reaction back. */
  reaction?: { targetWamid: string; emoji: string };
  catalog?: RenderedCatalog;
  order?: RenderedOrder;
  /** What became of an order: pending, processing, partially-shipped, shipped, completed or canceled. */
  orderStatus?: { referenceId: string; status: string; description?: string };
};
