"use client";

import { SendHorizontal, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { QuoteView } from "./message-view.ts";

type PhoneComposerProps = {
  onSend: (text: string) => void;
  isDisabled?: boolean;
  isBusy?: boolean;
  /** The message that is being answered, above the field. */
  quote?: QuoteView | null;
  onDropQuote?: () => void;
  /** Inside the field, at its end: a paper clip. */
  attach?: ReactNode;
};

/** The field at the foot of a phone: writes as the customer. Enter sends. */
export function PhoneComposer({ onSend, isDisabled, isBusy, quote, onDropQuote, attach }: PhoneComposerProps) {
  const t = useTranslations("phone.composer");
  const [text, setText] = useState("");
  const send = () => {
    if (!text.trim()) return;
    onSend(text.trim());
    setText("");
  };
  return (
    <form
      className="shrink-0 px-2.5 pt-1 pb-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {quote ? <Answered quote={quote} onDrop={onDropQuote} /> : null}
      <div className="flex items-center gap-2">
        <div className="flex h-8 min-w-0 flex-1 items-center rounded-full bg-wa-field pr-1 focus-within:outline-1 focus-within:outline-wa-accent">
          <input
            value={text}
            onChange={(event) => setText(event.target.value)}
            disabled={isDisabled}
            maxLength={4096}
            aria-label={t("label")}
            placeholder={t("placeholder")}
            className="h-8 min-w-0 flex-1 bg-transparent pr-1 pl-3.5 text-sm text-wa-text placeholder:text-wa-secondary focus-visible:outline-none"
          />
          {attach}
        </div>
        <button
          type="submit"
          aria-label={t("send")}
          disabled={isDisabled || isBusy || !text.trim()}
          className="grid size-8 shrink-0 place-items-center rounded-full bg-wa-accent text-white disabled:opacity-60"
        >
          <SendHorizontal aria-hidden className="size-4" />
        </button>
      </div>
    </form>
  );
}

function Answered({ quote, onDrop }: { quote: QuoteView; onDrop?: () => void }) {
  const t = useTranslations("phone");
  return (
    <div className="mb-1 flex items-center gap-1 rounded-md border-wa-accent border-l-[3px] bg-wa-field py-1 pr-1 pl-2 text-wa-text text-xs">
      <p className="min-w-0 flex-1">
        <span className="block truncate font-semibold text-wa-strong">{quote.author ?? t("you")}</span>
        <span className="block truncate text-wa-secondary">{quote.text}</span>
      </p>
      <button
        type="button"
        aria-label={t("composer.dropQuote")}
        onClick={onDrop}
        className="grid size-6 shrink-0 place-items-center rounded-full text-wa-secondary"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
