"use client";

import {
  BadgePercent,
  ContactRound,
  Copy,
  CornerUpLeft,
  ExternalLink,
  FileInput,
  FileText,
  Headphones,
  Image,
  List,
  MapPin,
  Package,
  PhoneCall,
  Phone as PhoneIcon,
  Receipt,
  ShoppingBag,
  Video,
  Wallet,
} from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { type Blank, RichText } from "#components/phone/rich-text.tsx";
import { inOrder } from "#components/ui/in-order.tsx";
import { type FreeContent, isFree, type MessageText } from "#flow/free-message.ts";
import { formHandle } from "#flow/message-step.ts";
import type { TemplateContent } from "#flow/template.ts";
import { contentIn, isBlankAtRisk } from "./template-words.ts";

const icons = {
  "quick-reply": CornerUpLeft,
  link: ExternalLink,
  url: ExternalLink,
  phone: PhoneIcon,
  coupon: Copy,
  "one-time-code": Copy,
  form: FileInput,
  catalogue: ShoppingBag,
  products: ShoppingBag,
  product: ShoppingBag,
  "voice-call": PhoneCall,
  "contact-request": ContactRound,
  order: Wallet,
};
const plates = {
  document: FileText,
  image: Image,
  video: Video,
  audio: Headphones,
  location: MapPin,
  offer: BadgePercent,
  product: Package,
  "order-status": Receipt,
};

type MessageOnCardProps = {
  message: MessageText;
  values: unknown;
  /** Draws the way out of a quick reply or a form. */
  wayOut: (button: { handleId: string; text: string }) => ReactNode;
};
type Content = TemplateContent | FreeContent;
type Button = Content["buttons"][number];

/** The message as the customer will see it, with sample values; each reply button is a row with its own way out. */
export function MessageOnCard({ message, values, wayOut }: MessageOnCardProps) {
  const content = contentIn(message, useLocale());
  if (!content) return null;
  const blankOf = (name: string): Blank => ({
    name,
    value: message.samples[name] ?? null,
    isMissing: isBlankAtRisk(values, name),
  });
  return (
    <div className="rounded-br-lg bg-wa-chat px-2 py-2">
      <div className="rounded-md bg-wa-bubble text-wa-text shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]">
        <div className="px-2 pt-1.5 pb-1 text-xs">
          {content.header?.kind === "text" ? (
            <p className="mb-0.5 font-semibold">
              <RichText text={content.header.text} blankOf={blankOf} />
            </p>
          ) : null}
          {content.header && content.header.kind !== "text" && content.header.kind !== "cards" ? (
            <HeaderPlate header={content.header} samples={message.samples} />
          ) : null}
          <p className="line-clamp-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
            <RichText text={content.body} blankOf={blankOf} />
            {content.body === "" && content.header === null ? <span className="text-wa-secondary">…</span> : null}
          </p>
          {content.footer ? <p className="mt-0.5 truncate text-mini text-wa-secondary">{content.footer}</p> : null}
        </div>
        {content.buttons.map((button) => (
          <ButtonRow key={button.id} button={button} wayOut={wayOut} />
        ))}
        {isFree(content) && content.list ? <ListRows list={content.list} wayOut={wayOut} /> : null}
        {content.header?.kind === "cards"
          ? inOrder(content.header.cards, (card, index) => (
              <div>
                <p className="truncate border-wa-chat border-t-4 px-2 py-1 text-xs">
                  <span className="mr-1 font-semibold">{index + 1}</span>
                  <RichText text={card.body} blankOf={blankOf} />
                </p>
                {card.buttons.map((button) => (
                  <ButtonRow key={button.id} button={button} wayOut={wayOut} />
                ))}
              </div>
            ))
          : null}
      </div>
    </div>
  );
}

/** The button that opens the list, and under it each row with its way out. */
function ListRows({ list, wayOut }: Pick<MessageOnCardProps, "wayOut"> & { list: NonNullable<FreeContent["list"]> }) {
  return (
    <>
      <p className="flex h-[29px] items-center justify-center gap-1.5 border-wa-chat border-t px-3 font-medium text-wa-link text-xs">
        <List aria-hidden className="size-3 shrink-0" />
        <span className="truncate">{list.label || "…"}</span>
      </p>
      {inOrder(list.sections, ({ title, rows }) => (
        <div>
          {title ? (
            <p className="truncate border-wa-chat border-t bg-wa-attachment px-3 py-1 text-mini text-wa-secondary">
              {title}
            </p>
          ) : null}
          {rows.map((row) => (
            <div key={row.id} className="relative flex h-[29px] items-center border-wa-chat border-t px-3 text-xs">
              <span className="truncate">{row.title || "…"}</span>
              {wayOut({ handleId: `button:${row.id}`, text: row.title })}
            </div>
          ))}
        </div>
      ))}
    </>
  );
}

function ButtonRow({ button, wayOut }: Pick<MessageOnCardProps, "wayOut"> & { button: Button }) {
  const Icon = icons[button.kind];
  const handleId = handleOf(button);
  return (
    <div className="relative flex h-[29px] items-center justify-center gap-1.5 border-wa-chat border-t px-3 font-medium text-wa-link text-xs">
      <Icon aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{button.text || "…"}</span>
      {handleId ? wayOut({ handleId, text: button.text }) : null}
    </div>
  );
}

/** The way out that a person takes by pressing this button; null: pressing it leads nowhere in a flow. */
function handleOf({ kind, id }: Button): string | null {
  if (kind === "form") return formHandle;
  return kind === "quick-reply" ? `button:${id}` : null;
}

type PlateProps = {
  header: Exclude<NonNullable<Content["header"]>, { kind: "text" | "cards" }>;
  samples: Record<string, string>;
};

/** A card has no room for the picture itself: what it is, on one line. */
function HeaderPlate({ header, samples }: PlateProps) {
  const t = useTranslations("templates.editor.headers");
  const Icon = plates[header.kind];
  const words =
    header.kind === "document"
      ? header.fileName
      : header.kind === "offer"
        ? header.text
        : header.kind === "location"
          ? samples["location.name"] || t("location")
          : t(header.kind);
  return (
    <p className="-mx-1 mb-1 flex items-center gap-1.5 rounded-sm bg-wa-attachment px-1.5 py-1">
      <Icon aria-hidden className="size-4 shrink-0 text-danger" strokeWidth={1.5} />
      <span className="truncate font-medium">{words}</span>
    </p>
  );
}
