import type { JsonObject } from "#flow/json.ts";
import type { OrderCurrency, OrderStatus } from "#flow/template-order.ts";
import type { OutgoingTemplate } from "./outgoing-template.ts";

/** A file by the provider's id (uploaded before) or by an address that the provider fetches itself. */
export type Media = { id: string } | { url: string };

/** What stands above the body of an interactive message. Lists, flows and products take text only (the provider refuses the rest). */
export type InteractiveHeader =
  | { kind: "text"; text: string }
  | { kind: "image" | "video"; media: Media }
  | { kind: "document"; media: Media; fileName?: string };

type Frame = { body: string; header?: InteractiveHeader; footer?: string };

export type ListSection = { title?: string; rows: { id: string; title: string; description?: string }[] };

/** Amounts in minor units of the currency, with two decimals at every provider. */
export type OrderItem = { id: string; name: string; amountMinor: number; quantity: number; saleAmountMinor?: number };

export type Order = {
  /** Ours, at most 35 characters: what a payment's status comes back with. */
  reference: string;
  goods: "digital" | "physical";
  currency: OrderCurrency;
  items: OrderItem[];
  taxMinor: number;
  shippingMinor?: number;
  discountMinor?: number;
  /** How it is paid: a configuration known to the provider by name, or settings in the provider's own words. */
  payment: { configuration: string; type?: "upi" } | { settings: JsonObject[] };
};

export type ContactCard = {
  name: { formatted: string; first?: string; last?: string; middle?: string; prefix?: string; suffix?: string };
  phones?: { phone: string; waId?: string; type?: string }[];
  emails?: { email: string; type?: string }[];
  addresses?: {
    street?: string;
    city?: string;
    state?: string;
    zip?: string;
    country?: string;
    countryCode?: string;
    type?: string;
  }[];
  urls?: { url: string; type?: string }[];
  organisation?: { company?: string; department?: string; title?: string };
  /** "2012-08-18". */
  birthday?: string;
};

/** Everything that can be said inside the 24-hour window, and templates, which may be sent at any time. */
export type OutgoingMessage =
  | OutgoingTemplate
  | { kind: "text"; body: string; hasPreview?: boolean }
  | { kind: "image" | "video"; media: Media; caption?: string }
  | { kind: "audio"; media: Media; isVoice?: boolean }
  | { kind: "document"; media: Media; fileName?: string; caption?: string }
  | { kind: "sticker"; media: Media }
  | { kind: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: "contacts"; contacts: ContactCard[] }
  /** An empty emoji takes the reaction back. */
  | { kind: "reaction"; wamid: string; emoji: string }
  | OutgoingInteractive;

export type OutgoingInteractive =
  | (Frame & { kind: "buttons"; buttons: { id: string; title: string }[] })
  | (Frame & { kind: "list"; button: string; sections: ListSection[] })
  | (Frame & { kind: "link"; label: string; url: string })
  | (Frame & {
      kind: "flow";
      flow: { id: string } | { name: string };
      label: string;
      /** Comes back with the answers. */
      token: string;
      isDraft?: boolean;
      /** The first screen with its data; without one the flow's own endpoint is asked. */
      start?: { screen: string; data?: JsonObject };
    })
  | { kind: "location-request"; body: string }
  | { kind: "contact-request"; body: string }
  | { kind: "address-request"; body: string; country: string; values?: JsonObject }
  | (Frame & { kind: "product"; catalogId: string; productId: string })
  /** The provider wants words above a list of products. */
  | (Frame & {
      kind: "products";
      header: InteractiveHeader & { kind: "text" };
      catalogId: string;
      sections: { title: string; productIds: string[] }[];
    })
  | (Frame & { kind: "catalog"; thumbnailProductId?: string })
  | (Frame & { kind: "order"; order: Order })
  | (Frame & {
      kind: "order-status";
      reference: string;
      status: OrderStatus;
      description?: string;
    });
