"use client";

import { useFormatter, useTranslations } from "use-intl";
import type { MessageView } from "#components/phone/message-view.ts";
import { PhonePill } from "#components/phone/phone.tsx";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import type { PhoneRow } from "./sandbox-phones-screen.tsx";

type Message = PhoneRow["chat"][number];
type ChatMessageProps = { message: Message; previous: Message | undefined; onTap: (buttonIndex: number) => void };

/** One line of the chat, with the day above its first message and, under ours, the sandbox's own word on its status. */
export function ChatMessage({ message, previous, onTap }: ChatMessageProps) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const day = (at: Date) => format.dateTime(at, { weekday: "short", day: "numeric", month: "short" });
  const isNewDay = !previous || day(previous.at) !== day(message.at);
  const time = format.dateTime(message.at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const statuses = ["accepted", "sent", "delivered", "read", "failed", "received"] as const;
  const status = statuses.find((known) => known === message.status);
  return (
    <>
      {isNewDay ? <PhonePill>{day(message.at)}</PhonePill> : null}
      <div data-wamid={message.wamid}>
        <WhatsAppMessage
          message={viewOf(message)}
          from={message.isFromBusiness ? "business" : "customer"}
          time={time}
          ticks={message.isFromBusiness ? "none" : "delivered"}
          onButton={(buttonId) => {
            const index = Number(buttonId);
            if (message.buttons[index] && !message.buttons[index].url) onTap(index);
          }}
        />
        {message.isFromBusiness && status ? (
          <p className="mt-0.5 pl-1 text-[11px] text-wa-secondary">{t(`status.${status}`)}</p>
        ) : null}
      </div>
    </>
  );
}

/** Buttons are named by their place, because that is what a tap tells the sandbox. */
function viewOf(message: Message): MessageView {
  const { header } = message;
  return {
    header:
      header?.kind === "document"
        ? { kind: "document", fileName: header.fileName ?? "document.pdf", url: header.url }
        : header?.kind === "text" && header.text
          ? { kind: "text", text: header.text }
          : null,
    body: message.body,
    footer: message.footer,
    buttons: message.buttons.map((button, index) => ({
      id: String(index),
      kind: button.url ? "url" : button.kind,
      text: button.text,
      url: button.url,
    })),
  };
}
