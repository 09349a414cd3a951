"use client";

import {
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  ExternalLink,
  FileText,
  List,
  Phone as PhoneIcon,
  Reply,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { MessageView, PhoneSide, Ticks } from "./message-view.ts";
import { type Blank, RichText } from "./rich-text.tsx";

type WhatsAppMessageProps = {
  message: MessageView;
  from: "business" | "customer";
  side?: PhoneSide;
  /** Already written for people: "09:41". */
  time?: string;
  ticks?: Ticks;
  /** Values of the template's blanks, tinted; without it the text is final. */
  blankOf?: (name: string) => Blank | null;
  /** Taps a button or opens the list; without it buttons are pictures, not controls. */
  onButton?: (buttonId: string) => void;
  /** Buttons already used: grey, and they stay. */
  usedButtonIds?: string[];
  isDense?: boolean;
  className?: string;
};

/** The one drawing of a WhatsApp message: phones, step cards, template editor, message log, test bench. */
export function WhatsAppMessage(props: WhatsAppMessageProps) {
  const { message, from, side = "customer", time, ticks = "none", blankOf, isDense, className } = props;
  const isOwn = (from === "customer") === (side === "customer");
  const { header } = message;
  return (
    <div
      className={cn(
        "flex w-fit min-w-0 max-w-[90%] flex-col gap-0.5 text-wa-text",
        isOwn ? "ml-auto" : "mr-auto",
        className,
      )}
    >
      <div
        className={cn(
          "rounded-md px-2.5 shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]",
          isDense ? "py-1.5 text-xs" : "py-1.5 text-sm",
          isOwn ? "rounded-tr-xs bg-wa-outgoing" : "rounded-tl-xs bg-wa-bubble",
        )}
      >
        {header?.kind === "document" ? (
          <DocumentHeader fileName={header.fileName} url={header.url} isOwn={isOwn} />
        ) : null}
        {header?.kind === "image" ? (
          // biome-ignore lint/performance/noImgElement: pictures of messages are data of any host, not assets of ours
          <img
            src={header.url}
            alt={header.alt}
            className="-mx-1.5 mb-1.5 block w-[calc(100%+12px)] max-w-none rounded-sm"
          />
        ) : null}
        {header?.kind === "text" ? (
          <p className="mb-0.5 font-semibold">
            <RichText text={header.text} blankOf={blankOf} />
          </p>
        ) : null}
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          <RichText text={message.body} blankOf={blankOf} />
          {message.footer ? null : <TimeSpace time={time} ticks={ticks} />}
        </p>
        {message.footer ? (
          <p className="mt-1 text-[11.5px] text-wa-secondary leading-4">
            {message.footer}
            <TimeSpace time={time} ticks={ticks} />
          </p>
        ) : null}
        {time ? (
          <p className="-mt-3.5 flex items-center justify-end gap-1 text-[10.5px] text-wa-secondary leading-[14px]">
            <span className="tabular">{time}</span>
            <TickMark ticks={ticks} />
          </p>
        ) : null}
      </div>
      <ButtonRows {...props} />
    </div>
  );
}

/** Keeps the last line of text free for the time that stands in its corner. */
const TimeSpace = ({ time, ticks }: { time?: string; ticks: Ticks }) =>
  time ? <span aria-hidden className={cn("inline-block h-2", ticks === "none" ? "w-10" : "w-15")} /> : null;

function DocumentHeader({ fileName, url, isOwn }: { fileName: string; url?: string; isOwn: boolean }) {
  const t = useTranslations("phone");
  const row = (
    <>
      <FileText aria-hidden className="size-7 shrink-0 text-danger" strokeWidth={1.5} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{fileName}</span>
        <span className="block text-[11.5px] text-wa-secondary leading-4">{t("pdf")}</span>
      </span>
    </>
  );
  const classes = cn(
    "-mx-1.5 mb-1.5 flex items-center gap-2 rounded-sm px-2 py-1.5",
    isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment",
  );
  return url ? (
    <a href={url} target="_blank" rel="noreferrer" className={classes}>
      {row}
    </a>
  ) : (
    <div className={classes}>{row}</div>
  );
}

function TickMark({ ticks }: { ticks: Ticks }) {
  const t = useTranslations("phone.ticks");
  if (ticks === "none") return null;
  const icons = { waiting: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: CircleAlert };
  const Icon = icons[ticks];
  const tone = ticks === "read" ? "text-wa-read" : ticks === "failed" ? "text-danger" : "text-wa-tick";
  return <Icon role="img" aria-label={t(ticks)} className={cn("size-3.5", tone)} />;
}

const buttonIcons: Record<string, typeof Reply> = {
  "quick-reply": Reply,
  link: ExternalLink,
  url: ExternalLink,
  phone: PhoneIcon,
};

function ButtonRows({ message, onButton, usedButtonIds = [], isDense }: WhatsAppMessageProps) {
  const list = message.list ? [{ id: "list", kind: "list", text: message.list.label }] : [];
  const rows: { id: string; kind: string; text: string; url?: string }[] = [...(message.buttons ?? []), ...list];
  return rows.map((button) => {
    const Icon = button.kind === "list" ? List : (buttonIcons[button.kind] ?? Reply);
    const isUsed = usedButtonIds.includes(button.id);
    const classes = cn(
      "flex w-full items-center justify-center gap-1.5 rounded-md bg-wa-bubble px-2 font-medium shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]",
      isDense ? "h-[29px] text-xs" : "h-[33px] text-sm",
      isUsed ? "text-wa-used" : "text-wa-link",
    );
    const content = (
      <>
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{button.text}</span>
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
        className={cn(classes, "enabled:hover:brightness-97")}
      >
        {content}
      </button>
    );
  });
}
