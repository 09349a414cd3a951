import { z } from "zod";
import type { FlowInfo } from "./flow-info.ts";
import type { Purpose } from "./graph.ts";
import { remember } from "./remember.ts";
import { templateLimits } from "./template-limits.ts";
import { orderCurrencies, orderStatusVariables, orderVariables, PayBy } from "./template-order.ts";

/**
 * Template status words of product.md; the provider's own words are mapped to these at the channel. In review, changes requested
 * and declined are our own review's; rejected is the provider's word.
 */
export const templateStatuses = [
  "draft",
  "in-review",
  "changes-requested",
  "declined",
  "submitted",
  "approved",
  "rejected",
  "paused",
  "disabled",
] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

/** Of a language in these the provider holds no text that counts: it is being written, reviewed by us, or was refused. */
export const openStatuses: TemplateStatus[] = ["draft", "in-review", "changes-requested", "declined", "rejected"];

/** A language may be rewritten while the provider holds no text of it that counts; else it is locked, so that what is approved is what is sent. */
export const isOpen = (status: TemplateStatus): boolean => openStatuses.includes(status);

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);
const text = z.string().min(1).max(25);

/**
 * How an app of the business gets a one-time code without typing (Meta, "Authentication templates"): one tap on a button, or none at all.
 * It works on Android, in these apps, when they have asked WhatsApp shortly before; everybody else sees the button that copies.
 */
export const CodeAutofill = z.strictObject({
  kind: z.enum(["one-tap", "zero-tap"]),
  /** The words on the button that hands the code over. */
  text,
  apps: z
    .array(z.strictObject({ packageName: z.string().max(224), signatureHash: z.string().length(11) }))
    .min(1)
    .max(5),
  /** Zero-tap only: the business answers for people expecting that codes are filled in for them. */
  acceptsTerms: z.boolean(),
});
export type CodeAutofill = z.infer<typeof CodeAutofill>;

export const TemplateButton = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("quick-reply"), id, text }),
  /** A link whose address ends in a code made for each message (tracked link or upload page); its variable is `link`. */
  z.strictObject({ kind: z.literal("link"), id, text }),
  /** The bank's own address; it may end in one variable, such as https://bank.example/loans/{{loan_id}}. */
  z.strictObject({
    kind: z.literal("url"),
    id,
    text,
    url: z
      .string()
      .regex(/^https?:\/\/\S+$/)
      .max(2000),
  }),
  z.strictObject({ kind: z.literal("phone"), id, text, phone: z.string().max(20) }),
  /** Copies a code, the variable `coupon`. WhatsApp writes the button's words itself; `text` is how they read. */
  z.strictObject({ kind: z.literal("coupon"), id, text }),
  /** Copies the one-time code of an authentication template, and says what WhatsApp writes around the code. */
  z.strictObject({
    kind: z.literal("one-time-code"),
    id,
    text,
    /** How long the code is good, as the footer says; null: no footer. */
    minutes: z.number().int().min(1).max(90).nullable(),
    /** Whether the body advises to keep the code to oneself. */
    advisesSecrecy: z.boolean(),
    /** Absent: the button copies the code, and that is all. */
    autofill: CodeAutofill.optional(),
  }),
  /** Opens a form made at WhatsApp ("WhatsApp Flows"), by its id or name there; `screen` is the one it begins with. */
  z.strictObject({
    kind: z.literal("form"),
    id,
    text,
    form: z.string().min(1).max(200),
    screen: z.string().max(100).nullable(),
  }),
  /** Opens the shop of the number. `thumbnail`: the product whose picture stands above the message; absent: the shop's first. */
  z.strictObject({ kind: z.literal("catalogue"), id, text, thumbnail: z.string().max(100).optional() }),
  /** Opens a choice of products, that of the variables of `productsVariables`. */
  z.strictObject({ kind: z.literal("products"), id, text }),
  /** Opens the one product of the header. */
  z.strictObject({ kind: z.literal("product"), id, text }),
  /** Calls the business within WhatsApp, for as long as the button is good. */
  z.strictObject({
    kind: z.literal("voice-call"),
    id,
    text: z.string().min(1).max(templateLimits.voiceCallText),
    minutes: z.number().int().min(templateLimits.fewestVoiceCallMinutes).max(templateLimits.voiceCallMinutes),
  }),
  /** Sends the person's number, which WhatsApp may keep back. WhatsApp writes the button's words itself; `text` is how they read. */
  z.strictObject({ kind: z.literal("contact-request"), id, text: z.string().min(1).max(templateLimits.ownButtonText) }),
  /** Opens an order that is paid in the chat; what it asks for are the variables of `orderVariables`. */
  z.strictObject({ kind: z.literal("order"), id, text, currency: z.enum(orderCurrencies), payBy: PayBy }),
]);
export type TemplateButton = z.infer<typeof TemplateButton>;

/** A card of a carousel. The address of its picture or film is the variable `card.<number>.image` or `.video`, counted from 1. */
export const TemplateCard = z.strictObject({
  body: z.string().min(1).max(160),
  buttons: z.array(TemplateButton).min(1).max(2),
});
export type TemplateCard = z.infer<typeof TemplateCard>;

export const TemplateHeader = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1).max(60) }),
  /** A PDF statement or receipt; the address comes from the variable `document`. */
  z.strictObject({ kind: z.literal("document"), fileName: z.string().min(1).max(120) }),
  /** Its address comes from the variable of the same name. */
  z.strictObject({ kind: z.enum(["image", "video"]) }),
  /** A place on the map; the variables are those of `placeVariables`. */
  z.strictObject({ kind: z.literal("location") }),
  /** A product of a catalogue with its picture and price; the variables are those of `productVariables`. */
  z.strictObject({ kind: z.literal("product") }),
  /** Says how far an order is that was sent before. At WhatsApp it is no header, but there is none beside it, and no button. */
  z.strictObject({ kind: z.literal("order-status") }),
  /** A limited-time offer: its line, its end (the variable `offer.ends`), and an image or video above it. */
  z.strictObject({
    kind: z.literal("offer"),
    text: z.string().min(1).max(16),
    hasEnd: z.boolean(),
    media: z.enum(["image", "video"]).nullable(),
  }),
  /** A carousel. At WhatsApp it is no header, but where there are cards, there is no header, no footer and no button beside them. */
  z.strictObject({
    kind: z.literal("cards"),
    media: z.enum(["image", "video"]),
    cards: z.array(TemplateCard).min(2).max(10),
  }),
]);
export type TemplateHeader = z.infer<typeof TemplateHeader>;

/** One language of a template. Variables are written {{first_name}} or {{1}} in header text, body and at the end of an address. */
export const TemplateContent = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  header: TemplateHeader.nullable(),
  body: z.string().min(1).max(1024),
  footer: z.string().max(60).nullable(),
  buttons: z.array(TemplateButton).max(10),
});
export type TemplateContent = z.infer<typeof TemplateContent>;

export const templateCategories = ["utility", "marketing", "authentication"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

/** A template as flows see it: one name, one set of variables and buttons, several languages with a status each. */
export type TemplateInfo = {
  name: string;
  category: TemplateCategory;
  /** Sample values by variable, in no particular language. */
  samples: Record<string, string>;
  languages: (TemplateContent & { status: TemplateStatus })[];
};

/** As what a message is charged; "service" is what is said in an open window. */
export type ChargedAs = TemplateCategory | "service";

/** What one message costs today in one market, in millionths of the currency. */
export type DayPrice = { market: string; category: ChargedAs; currency: string; amountMicros: number };

/** What the newest events of a name look like: how many were seen, and how many of them had a value at each dotted path. */
export type EventShape = { seen: number; filled: Record<string, number> };

/** What validation and the editor know about the world outside the graph. What is left out is not known, and nothing is said of it. */
export type Catalog = {
  templates: TemplateInfo[];
  /** Messages a person may get on a day, fraud and transaction messages aside. */
  capPerDay?: number;
  /** How long a message may have to wait for the workspace's quiet hours to end, in milliseconds. */
  quietMs?: number;
  /** By event name. */
  eventShapes?: Record<string, EventShape>;
  prices?: DayPrice[];
  /** The classes of messages to which anybody has agreed, or which need no consent here. */
  agreedTo?: Purpose[];
  /** How many of last month's people speak a language ("fr"; "" where it is not known). */
  peopleByLanguage?: Record<string, number>;
  /** The workspace's segments. */
  segments?: readonly { id: string; name: string }[];
  /** Its numbers. */
  channels?: readonly { id: string; name: string }[];
  /** Its published flows. */
  flows?: readonly FlowInfo[];
  /** The flow that is looked at, where it is one of them. */
  flowId?: string;
};

/** What a place in the header is filled with. */
export const placeVariables = ["location.latitude", "location.longitude", "location.name", "location.address"] as const;

/** Which product the header shows: the catalogue's id at Meta, and the product's id in it. */
export const productVariables = ["product.catalogue", "product.id"] as const;

/** Which products a button opens: the one whose picture stands above the message, and the list of them (see productSections). */
export const productsVariables = ["products.thumbnail", "products.list"] as const;

/** What templateVariables reads of a content, also of one that is still being written. */
type HeldButton = { kind: string; id: string; url?: string; payBy?: Pick<PayBy, "kind"> };
type HeldCards = {
  kind: "cards";
  media: "image" | "video";
  cards: readonly { body: string; buttons: readonly HeldButton[] }[];
};
type HeldHeader =
  | { kind: "text"; text: string }
  | { kind: "document" | "image" | "video" | "location" | "product" | "order-status" }
  | { kind: "offer"; hasEnd: boolean; media: "image" | "video" | null }
  | HeldCards;
type VariableHolder = { header: HeldHeader | null; body: string; buttons: readonly HeldButton[] };

/**
 * The variables a template needs: those of its header first (`document`, `image`, `video`, a place, a product, an offer's end or
 * those of its cards), then those of its texts in order of appearance, of its addresses, `coupon`, its products, its order and
 * `link.<button id>`.
 */
export const templateVariables = ({ header, body, buttons }: VariableHolder): string[] => [
  ...new Set([...headerVariables(header), ...variablesIn(body), ...buttonVariables(buttons)]),
];

const buttonVariables = (buttons: readonly HeldButton[]): string[] =>
  buttons.flatMap((button) => {
    if (button.kind === "link") return [`link.${button.id}`];
    if (button.kind === "coupon") return ["coupon"];
    if (button.kind === "products") return [...productsVariables];
    if (button.payBy) return orderVariables(button.payBy);
    return button.kind === "url" ? variablesIn(button.url ?? "") : [];
  });

function headerVariables(header: HeldHeader | null): readonly string[] {
  if (header === null) return [];
  switch (header.kind) {
    case "text":
      return variablesIn(header.text);
    case "location":
      return placeVariables;
    case "product":
      return productVariables;
    case "order-status":
      return orderStatusVariables;
    case "offer":
      return [...(header.media ? [header.media] : []), ...(header.hasEnd ? [offerEnd] : [])];
    case "cards":
      return header.cards.flatMap((card, index) => [
        cardFile(index, header.media),
        ...variablesIn(card.body),
        ...buttonVariables(card.buttons),
      ]);
    default:
      return [header.kind];
  }
}

/** The variable of an offer's end: a moment, as an event carries it. */
export const offerEnd = "offer.ends";

/** The variable of the file that the card at this place (from 0) shows. */
export const cardFile = (index: number, media: "image" | "video"): string => `card.${index + 1}.${media}`;

/** Every button that can be pressed, those of the cards last. */
export const allButtons = <Button>({
  header,
  buttons,
}: {
  header: { kind: string; cards?: readonly { buttons: readonly Button[] }[] } | null;
  buttons: readonly Button[];
}): Button[] => [...buttons, ...(header?.cards ?? []).flatMap((card) => card.buttons)];

/** Variables that stand in no text: what the header or a card shows, and links that are made for each message. Review asks no sample of them. */
export const isOutsideText = (name: string): boolean =>
  /^(link|location|card|offer|products?|order)\./.test(name) || ["document", "image", "video"].includes(name);

const variable = /\{\{([a-z_][a-z0-9_]*|[1-9]\d?)\}\}/g;

/** The variables written in one text, each once, in order of appearance. Asked several times for each message, of few texts. */
export const variablesIn: (text: string) => readonly string[] = remember(1_000, (text) => [
  ...new Set([...text.matchAll(variable)].map((match) => match[1] ?? "")),
]);

/** Header or body with its variables replaced once; a value that contains {{x}} is not expanded again. */
export function fillText(text: string, values: Record<string, string>): string {
  return text.replace(variable, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** Whether a template counts its variables instead of naming them: the provider then wants the values in their order. */
export const hasNumbers = ({ header, body }: Pick<VariableHolder, "header" | "body">): boolean =>
  [...(header?.kind === "text" ? variablesIn(header.text) : []), ...variablesIn(body)].some(isNumber);

export const isNumber = (name: string): boolean => /^\d+$/.test(name);
