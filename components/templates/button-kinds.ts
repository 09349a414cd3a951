import {
  ContactRound,
  Copy,
  ExternalLink,
  FileInput,
  Link2,
  type LucideIcon,
  Phone,
  PhoneCall,
  Reply,
  ShoppingBag,
  ShoppingCart,
  Tag,
  Wallet,
} from "lucide-react";
import type { DraftButton } from "#flow/lint-template.ts";
import { templateLimits } from "#flow/template-limits.ts";

type Kind = DraftButton["kind"];

/** The kinds a marketer may add, in the order of the menu. A one-time code's button belongs to its category and is not added by hand. */
export const buttonKinds = [
  "quick-reply",
  "link",
  "url",
  "phone",
  "coupon",
  "form",
  "catalogue",
  "products",
  "product",
  "voice-call",
  "contact-request",
  "order",
] as const satisfies readonly Kind[];

/** Those that WhatsApp takes on a carousel's card. */
export const cardButtonKinds = ["quick-reply", "link", "url", "phone"] as const satisfies readonly Kind[];

export const buttonIcons: Record<Kind, LucideIcon> = {
  "quick-reply": Reply,
  link: Link2,
  url: ExternalLink,
  phone: Phone,
  coupon: Copy,
  "one-time-code": Copy,
  form: FileInput,
  catalogue: ShoppingBag,
  products: ShoppingCart,
  product: Tag,
  "voice-call": PhoneCall,
  "contact-request": ContactRound,
  order: Wallet,
};

/** Those that WhatsApp shows nothing beside. */
const loners: readonly Kind[] = ["catalogue", "products", "product", "contact-request", "order"];

export type FullReason = "buttons" | "links" | "calls" | "one" | "alone";

/** Why no further button of this kind fits, or null. */
export function reasonAgainst(kind: Kind, buttons: readonly DraftButton[]): FullReason | null {
  const has = (...kinds: Kind[]) => buttons.filter((button) => kinds.includes(button.kind)).length;
  if (buttons.length >= templateLimits.buttons) return "buttons";
  if (has(...loners) > 0 || (loners.includes(kind) && buttons.length > 0)) return "alone";
  if ((kind === "link" || kind === "url") && has("link", "url") >= templateLimits.links) return "links";
  if ((kind === "phone" || kind === "voice-call") && has(kind) > 0) return "calls";
  return (kind === "coupon" || kind === "form") && has(kind) > 0 ? "one" : null;
}
