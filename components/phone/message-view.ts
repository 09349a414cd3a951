import type { RenderedBill } from "#flow/render-message.ts";

/**
 * A message as it is drawn, whoever it came from: a stored message, a template with its blanks filled, a row of a ledger. `plain` is
 * everything with a text as its body, which is why it may leave its kind out.
 */
export type MessageView = Around &
  (PlainView | AttachedView | PlaceMessageView | PeopleView | AnswersView | NoticeView);

/** What can stand around any message. */
type Around = {
  quote?: QuoteView;
  /** Emoji, in the order they were given. */
  reactions?: string[];
  isEdited?: boolean;
  isForwarded?: boolean;
};

export type PlainView = {
  kind?: "plain";
  header?: HeaderView | null;
  body: string;
  footer?: string | null;
  buttons?: ButtonView[];
  /** A list message: one row opens the list. */
  list?: ListView | null;
  preview?: LinkPreviewView;
  offer?: OfferView;
  order?: OrderView;
  products?: ProductsView;
  /** An order of the business as the flow language draws it. */
  bill?: RenderedBill;
  cards?: CardView[];
};

export type AttachedView = { kind: "attached"; file: FileView; caption?: string };
export type PlaceMessageView = { kind: "place"; place: PlaceView };
export type PeopleView = { kind: "people"; people: PersonCardView[] };
/** A form that was sent: its name, then question and answer. */
export type AnswersView = { kind: "answers"; title: string; answers: { label: string; value: string }[] };
export type NoticeView = { kind: "notice"; notice: "deleted" | "unsupported" };

export type HeaderView =
  | { kind: "text"; text: string }
  | { kind: "document"; fileName: string; url?: string; bytes?: number; pages?: number }
  | { kind: "image"; url?: string; alt: string }
  | { kind: "video"; url?: string }
  | { kind: "location"; place: PlaceView };

export type FileView =
  | { kind: "image" | "sticker"; url?: string; alt: string }
  | { kind: "video"; url?: string }
  | { kind: "audio"; url?: string; isVoice: boolean; seed: string }
  | { kind: "document"; fileName: string; url?: string; bytes?: number; pages?: number };

/** `kind` chooses the icon; what is not known gets the arrow of a reply. A `copy` button copies `text`'s `value`. */
export type ButtonView = { id: string; kind: string; text: string; url?: string; value?: string };

export type ListView = { label: string; sections?: ListSectionView[] };
export type ListSectionView = { title: string | null; rows: { id: string; title: string; description?: string }[] };

export type PlaceView = { latitude: number; longitude: number; name?: string; address?: string };
export type PersonCardView = { name: string; detail?: string };
export type LinkPreviewView = { url: string; host: string };
/** `endsAt` in milliseconds since 1970. */
export type OfferView = { title: string; code?: string; endsAt: number | null };
export type QuoteView = { author: string | null; text: string; isOwn: boolean };

/** Amounts are in the currency's units: 12.5, not 1250. */
export type OrderView = {
  reference: string;
  currency: string;
  /** Meta's word: pending, processing, shipped, ... */
  status: string | null;
  items: { name: string; quantity: number; amount: number }[];
  /** Between the lines and the total. */
  sums: { kind: "subtotal" | "tax" | "shipping" | "discount"; amount: number }[];
  total: number | null;
};

/** Null as the count: how many is not known, as in a preview. */
export type ProductsView = { kind: "one" | "several" | "catalogue"; title: string | null; count: number | null };

export type CardView = { file: FileView | null; body: string; buttons: ButtonView[] };

/**
 * Whose screen it is on: `customer` is the customer's phone (the business is white at the left), `inbox` is the agent's (the
 * business is green at the right).
 */
export type PhoneSide = "customer" | "inbox";

/** Ticks beside the time. `none` for messages of the other side. */
export type Ticks = "none" | "waiting" | "sent" | "delivered" | "read" | "failed";
