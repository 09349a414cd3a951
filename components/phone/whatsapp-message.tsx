"use client";

import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { ButtonRows } from "./button-rows.tsx";
import { CardRow } from "./card-row.tsx";
import { ForwardedMark, QuoteBlock, ReactionPill } from "./message-around.tsx";
import { MessageContent } from "./message-content.tsx";
import type { ButtonView, MessageView, PhoneSide, Ticks } from "./message-view.ts";
import type { Blank } from "./rich-text.tsx";
import { TickMark } from "./tick-mark.tsx";

type WhatsAppMessageProps = {
  message: MessageView;
  from: "business" | "customer";
  side?: PhoneSide;
  /** Already written for people: "09:41". */
  time?: string;
  ticks?: Ticks;
  /** Values of the template's blanks, tinted; without it the text is final. */
  blankOf?: (name: string) => Blank | null;
  /** Taps a button or opens the list ("list"); without it buttons are pictures, not controls. */
  onButton?: (buttonId: string) => void;
  /** Buttons already used: grey, and they stay. */
  usedButtonIds?: string[];
  isDense?: boolean;
  className?: string;
};

/** The one drawing of a WhatsApp message: phones, step cards, template editor, message log, test bench. */
export function WhatsAppMessage(props: WhatsAppMessageProps) {
  const { message, from, side = "customer", blankOf, onButton, usedButtonIds, isDense, className } = props;
  const isOwn = (from === "customer") === (side === "customer");
  const plain = message.kind === undefined || message.kind === "plain" ? message : null;
  const list: ButtonView[] = plain?.list ? [{ id: "list", kind: "list", text: plain.list.label }] : [];
  const buttons = [...(plain?.buttons ?? []), ...list];
  return (
    <div
      className={cn(
        "flex w-fit min-w-0 max-w-[90%] flex-col gap-0.5 text-wa-text",
        isOwn ? "ml-auto" : "mr-auto",
        plain?.cards && "max-w-full",
        className,
      )}
    >
      <Bubble {...props} isOwn={isOwn} />
      {plain?.cards ? <CardRow cards={plain.cards} blankOf={blankOf} onButton={onButton} /> : null}
      <ButtonRows buttons={buttons} onButton={onButton} usedButtonIds={usedButtonIds} isDense={isDense} />
      {message.reactions?.length ? <ReactionPill reactions={message.reactions} isOwn={isOwn} /> : null}
    </div>
  );
}

function Bubble({ message, time, ticks = "none", blankOf, isDense, isOwn }: WhatsAppMessageProps & { isOwn: boolean }) {
  const t = useTranslations("phone");
  const isSticker = message.kind === "attached" && message.file.kind === "sticker";
  const edited = message.isEdited ? t("edited") : null;
  const space = time ? <TimeSpace hasTicks={ticks !== "none"} isEdited={edited !== null} /> : null;
  return (
    <div
      className={cn(
        "w-full rounded-md px-2.5 py-1.5",
        isDense ? "text-xs" : "text-sm",
        isSticker ? "" : "shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]",
        // Quieter words need another grey on green than on white.
        isSticker
          ? ""
          : isOwn
            ? "rounded-tr-xs bg-wa-outgoing [--wa-secondary:var(--wa-outgoing-secondary)]"
            : "rounded-tl-xs bg-wa-bubble",
      )}
    >
      {message.isForwarded ? <ForwardedMark /> : null}
      {message.quote ? <QuoteBlock quote={message.quote} isOwn={isOwn} /> : null}
      <MessageContent message={message} isOwn={isOwn} blankOf={blankOf} timeSpace={space} />
      {time ? (
        <p className="-mt-3.5 flex items-center justify-end gap-1 text-[10.5px] text-wa-secondary leading-[14px]">
          {edited ? <span>{edited}</span> : null}
          <span className="tabular">{time}</span>
          <TickMark ticks={ticks} />
        </p>
      ) : null}
    </div>
  );
}

/** Keeps the last line of text free for the time that stands in its corner. */
const TimeSpace = ({ hasTicks, isEdited }: { hasTicks: boolean; isEdited: boolean }) => (
  <span
    aria-hidden
    className={cn("inline-block h-2", isEdited ? (hasTicks ? "w-26" : "w-22") : hasTicks ? "w-15" : "w-10")}
  />
);
