/** A message as it is drawn: the shape of the `content` of a stored message, of a template with its blanks filled, or of a reply. */
export type MessageView = {
  header?:
    | { kind: "text"; text: string }
    | { kind: "document"; fileName: string; url?: string }
    | { kind: "image"; url: string; alt: string }
    | null;
  body: string;
  footer?: string | null;
  buttons?: { id: string; kind: string; text: string; url?: string }[];
  /** A list message: one row opens the list. */
  list?: { label: string } | null;
};

/**
 * Whose screen it is on: `customer` is the customer's phone (the business is white at the left), `inbox` is the agent's (the
 * business is green at the right).
 */
export type PhoneSide = "customer" | "inbox";

/** Ticks beside the time. `none` for messages of the other side. */
export type Ticks = "none" | "waiting" | "sent" | "delivered" | "read" | "failed";
