import type { JsonObject } from "#flow/json.ts";
import type { Media } from "./outgoing-message.ts";

/** A value of a template's text: as it is, or money and dates that the provider may write the recipient's way. */
export type TemplateValue =
  | string
  | { kind: "currency"; shown: string; code: string; amountThousandths: number }
  | { kind: "date-time"; shown: string };

/** Values by name, or in their order for templates whose variables are numbers. */
export type TemplateValues = Record<string, TemplateValue> | readonly TemplateValue[];

export type TemplateHeaderValues =
  | { kind: "text"; values: TemplateValues }
  | { kind: "document"; url: string; fileName: string }
  | { kind: "media"; type: "image" | "video" | "document"; media: Media; fileName?: string }
  | { kind: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: "product"; catalogId: string; productId: string };

/** By position among all buttons, from 0. */
export type TemplateButtonValue =
  /** The payload a quick reply comes back with, the code a link ends in, a coupon, or a one-time code (the same as in the body). */
  | { index: number; kind: "quick-reply" | "link" | "coupon" | "one-time-code"; value: string }
  | { index: number; kind: "flow"; token: string; data?: JsonObject }
  | { index: number; kind: "catalog"; thumbnailProductId?: string }
  | {
      index: number;
      kind: "products";
      thumbnailProductId?: string;
      /** Only the one section there is may go without a title. */
      sections: { title?: string; productIds: string[] }[];
    }
  /** In the provider's own words: the same object as an order message's action parameters. */
  | { index: number; kind: "order"; details: JsonObject };

export type TemplateCard = {
  header: TemplateHeaderValues | null;
  body: TemplateValues;
  buttons: TemplateButtonValue[];
};

export type OutgoingTemplate = {
  kind: "template";
  name: string;
  language: string;
  /** What the provider takes it for, where known: marketing may leave by an endpoint of its own. */
  category?: "utility" | "marketing" | "authentication";
  /** Only what has variables, in the provider-neutral order of the template. */
  header: TemplateHeaderValues | null;
  body: TemplateValues;
  buttons: TemplateButtonValue[];
  /** Cards in their order. */
  cards?: TemplateCard[];
  /** When a limited-time offer ends, in milliseconds since 1970. */
  offerEndsAt?: number;
  /** How far an order is; the status in the provider's own word. */
  order?: { reference: string; status: string };
};
