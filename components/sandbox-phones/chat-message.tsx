"use client";

import { useFormatter, useTranslations } from "use-intl";
import type { QuoteView, Ticks } from "#components/phone/message-view.ts";
import { PhonePill } from "#components/phone/phone.tsx";
import { TickMark } from "#components/phone/tick-mark.tsx";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { ChatLine } from "./fold-chat.ts";
import { MessageTools } from "./message-tools.tsx";
import type { PhoneMessage } from "./phones-list.ts";
import type { PhoneActions } from "./use-phone-actions.ts";

type ChatMessageProps = {
  line: ChatLine;
  previous: ChatLine | undefined;
  onButton: (line: ChatLine, buttonId: string) => void;
  onReply: (line: ChatLine) => void;
  actions: PhoneActions;
};

export type Answered = { wamid: string; quote: QuoteView };

/** One line of the chat, with the day above its first message and, under ours, the sandbox's own word on its status. */
export function ChatMessage({ line, previous, onButton, onReply, actions }: ChatMessageProps) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const { message, view, usedButtonIds } = line;
  const day = (at: Date) => format.dateTime(at, { weekday: "short", day: "numeric", month: "short" });
  const isNewDay = !previous || day(previous.message.at) !== day(message.at);
  const time = format.dateTime(message.at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  // WhatsApp titles a sent form itself, in the language of the phone.
  const shown = view?.kind === "answers" ? { ...view, title: view.title || t("formSent") } : view;
  return (
    <>
      {isNewDay ? <PhonePill>{day(message.at)}</PhonePill> : null}
      {shown ? (
        <div data-wamid={message.wamid} className="group/message relative">
          <WhatsAppMessage
            message={shown}
            from={message.isFromBusiness ? "business" : "customer"}
            time={time}
            ticks={message.isFromBusiness ? "none" : message.status === "read" ? "read" : "delivered"}
            usedButtonIds={usedButtonIds}
            onButton={(buttonId) => onButton(line, buttonId)}
          />
          <MessageTools line={line} onReply={() => onReply(line)} actions={actions} />
          {message.isFromBusiness ? <StatusLine message={message} /> : null}
        </div>
      ) : (
        <PhonePill>{t("numberChanged")}</PhonePill>
      )}
    </>
  );
}

const ticksOf: Record<string, Ticks> = {
  accepted: "waiting",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

/** For the one who builds: what became of it, and on hover which template in which category it was. */
function StatusLine({ message }: { message: PhoneMessage }) {
  const t = useTranslations("sandboxPhones");
  const ticks = ticksOf[message.status];
  if (!ticks) return null;
  const { template, errorCode } = message;
  const known = String(errorCode);
  const reason = errorCode === null ? null : t.has(`faults.${known}`) ? t(`faults.${known}`) : known;
  const facts = template
    ? t("templateFacts", {
        name: template.name,
        language: template.language,
        category: t.has(`categories.${template.category}`) ? t(`categories.${template.category}`) : template.category,
        id: template.id,
      })
    : t("freeFacts", { type: message.type });
  return (
    <Tooltip text={facts} side="right">
      <p className="mt-0.5 flex w-fit items-center gap-1 pl-1 text-[11px] text-wa-secondary">
        <TickMark ticks={ticks} />
        {t(`status.${message.status}`)}
        {reason ? <span className="text-danger">{reason}</span> : null}
      </p>
    </Tooltip>
  );
}
