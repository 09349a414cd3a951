"use client";

import {
  CalendarClock,
  ContactRound,
  Copy,
  ExternalLink,
  FileInput,
  List,
  MapPin,
  Phone as PhoneIcon,
  Reply,
  ShoppingBag,
  Wallet,
} from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { hasChanges } from "./change-marks.ts";
import type { ButtonView } from "./message-view.ts";
import { RichText } from "./rich-text.tsx";

const icons: Record<string, typeof Reply> = {
  link: ExternalLink,
  url: ExternalLink,
  phone: PhoneIcon,
  "phone-number": PhoneIcon,
  copy: Copy,
  coupon: Copy,
  "one-time-code": Copy,
  list: List,
  form: FileInput,
  location: MapPin,
  address: MapPin,
  pay: Wallet,
  order: Wallet,
  "voice-call": PhoneIcon,
  "contact-request": ContactRound,
  contact_info: ContactRound,
  shop: ShoppingBag,
  catalogue: ShoppingBag,
  products: ShoppingBag,
  product: ShoppingBag,
  reminder: CalendarClock,
};

type ButtonRowsProps = {
  buttons: ButtonView[];
  /** Without it buttons are pictures, not controls. */
  onButton?: (buttonId: string) => void;
  usedButtonIds?: string[];
  isDense?: boolean;
  /** Inside a card the rows are parted by lines; else each is a plate of its own. */
  isInCard?: boolean;
};

/** As it stands, but for words that a comparison has marked: WhatsApp draws no bold on a button. */
const ButtonText = ({ text }: { text: string }) => (hasChanges(text) ? <RichText text={text} /> : text);

/** The rows under a message that can be tapped. */
export function ButtonRows({ buttons, onButton, usedButtonIds = [], isDense, isInCard }: ButtonRowsProps) {
  return buttons.map((button) => {
    const Icon = icons[button.kind] ?? Reply;
    const isUsed = usedButtonIds.includes(button.id);
    const classes = cn(
      "flex w-full items-center justify-center gap-1.5 bg-wa-bubble px-2 font-medium",
      isInCard ? "border-wa-attachment border-t" : "rounded-md shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]",
      isDense ? "h-[29px] text-xs" : "h-[33px] text-sm",
      isUsed ? "text-wa-used" : "text-wa-link",
    );
    const content = (
      <>
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">
          <ButtonText text={button.text} />
        </span>
      </>
    );
    if (!onButton) {
      return (
        <div key={button.id} className={classes}>
          {content}
        </div>
      );
    }
    if (button.url) {
      return (
        <a
          key={button.id}
          href={button.url}
          target="_blank"
          rel="noreferrer"
          onClick={() => onButton(button.id)}
          className={cn(classes, "hover:brightness-97")}
        >
          {content}
        </a>
      );
    }
    return (
      <button
        key={button.id}
        type="button"
        disabled={isUsed}
        onClick={() => onButton(button.id)}
        className={cn(classes, "enabled:hover:brightness-97 focus-visible:-outline-offset-2")}
      >
        {content}
      </button>
    );
  });
}
