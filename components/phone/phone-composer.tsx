"use client";

import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

type PhoneComposerProps = { onSend: (text: string) => void; isDisabled?: boolean; isBusy?: boolean };

/** The field at the foot of a phone: writes as the customer. Enter sends. */
export function PhoneComposer({ onSend, isDisabled, isBusy }: PhoneComposerProps) {
  const t = useTranslations("phone.composer");
  const [text, setText] = useState("");
  const send = () => {
    if (!text.trim()) return;
    onSend(text.trim());
    setText("");
  };
  return (
    <form
      className="flex shrink-0 items-center gap-2 px-2.5 pt-1 pb-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <input
        value={text}
        onChange={(event) => setText(event.target.value)}
        disabled={isDisabled}
        maxLength={4096}
        aria-label={t("label")}
        placeholder={t("placeholder")}
        className="h-8 min-w-0 flex-1 rounded-full bg-wa-field px-3.5 text-sm text-wa-text placeholder:text-wa-secondary focus-visible:outline-1 focus-visible:outline-wa-accent focus-visible:outline-offset-0"
      />
      <button
        type="submit"
        aria-label={t("send")}
        disabled={isDisabled || isBusy || !text.trim()}
        className="grid size-8 shrink-0 place-items-center rounded-full bg-wa-accent text-white disabled:opacity-60"
      >
        <SendHorizontal aria-hidden className="size-4" />
      </button>
    </form>
  );
}
