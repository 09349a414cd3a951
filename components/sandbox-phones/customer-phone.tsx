"use client";

import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { TypingBubble } from "#components/phone/message-around.tsx";
import { Phone, PhonePill } from "#components/phone/phone.tsx";
import { PhoneComposer } from "#components/phone/phone-composer.tsx";
import { AttachMenu } from "./attach-menu.tsx";
import { ChatMenu } from "./chat-menu.tsx";
import { type Answered, ChatMessage } from "./chat-message.tsx";
import { type ChatLine, foldChat } from "./fold-chat.ts";
import { OpenSheet, type Sheet } from "./open-sheet.tsx";
import { PersonHead, type PhonePlace } from "./person-head.tsx";
import { PhoneAway } from "./phone-away.tsx";
import type { PhoneRow } from "./phones-list.ts";
import { pressButton } from "./press-button.ts";
import { useChatWords } from "./use-chat-words.ts";
import { usePhoneActions } from "./use-phone-actions.ts";

type CustomerPhoneProps = { phone: PhoneRow; businessName: string; now: Date; place: PhonePlace };

/** One customer: who, where in which flow, how the phone behaves, and the phone itself. Everything on it is real. */
export function CustomerPhone({ phone, businessName, now, place }: CustomerPhoneProps) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const words = useChatWords();
  const actions = usePhoneActions(phone.contactId);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const name = `${phone.firstName} ${phone.lastName}`.trim();
  const isAway = phone.hasBlocked || phone.behaviour.phone === "off";
  const lines = foldChat(phone.chat, { ...words, businessName });
  const press = ({ message, view }: ChatLine, buttonId: string) => {
    const outcome = pressButton(message.wamid, view, buttonId);
    if (outcome.kind === "tap") actions.tap(outcome.tap);
    if (outcome.kind === "sheet") setSheet(outcome.sheet);
    if (outcome.kind === "copy")
      void navigator.clipboard.writeText(outcome.text).then(() => toast.success(t("copied", { text: outcome.text })));
    if (outcome.kind === "tell") toast(t(`told.${outcome.what}`, { detail: outcome.detail }));
  };
  const answer = ({ message, view }: ChatLine) =>
    view
      ? setAnswered({
          wamid: message.wamid,
          quote: {
            author: message.isFromBusiness ? businessName : null,
            text: words.textOf(view),
            isOwn: !message.isFromBusiness,
          },
        })
      : undefined;
  const replyTo = answered?.wamid;
  const sent = (send: () => void) => {
    send();
    setAnswered(null);
  };
  return (
    <article aria-label={name} className="w-[316px] shrink-0 snap-start space-y-2">
      <PersonHead phone={phone} name={name} actions={actions} place={place} />
      <Phone
        label={name}
        businessName={businessName}
        time={format.dateTime(now, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}
        className="h-[580px]"
        menu={<ChatMenu phone={phone} actions={actions} onChangeNumber={() => setSheet({ kind: "number" })} />}
        composer={
          <PhoneComposer
            isDisabled={isAway}
            isBusy={actions.isWriting}
            quote={answered?.quote}
            onDropQuote={() => setAnswered(null)}
            onSend={(text) => sent(() => actions.write({ kind: "text", text }, replyTo))}
            attach={
              <AttachMenu
                isDisabled={isAway}
                onFile={(file) => sent(() => actions.upload(file, replyTo))}
                onPlace={() => setSheet({ kind: "place", replyTo })}
                onPerson={() => setSheet({ kind: "person", isSelf: false, replyTo })}
              />
            }
          />
        }
        overlay={
          isAway ? (
            <PhoneAway phone={phone} actions={actions} />
          ) : sheet ? (
            <OpenSheet sheet={sheet} phone={phone} actions={actions} onClose={() => setSheet(null)} />
          ) : null
        }
      >
        {lines.length === 0 ? <PhonePill>{t("noMessages")}</PhonePill> : null}
        {lines.map((line, index) => (
          <ChatMessage
            key={line.message.wamid}
            line={line}
            previous={lines[index - 1]}
            onButton={press}
            onReply={answer}
            actions={actions}
          />
        ))}
        {phone.hasStoppedMarketing ? <PhonePill>{t("marketingStopped")}</PhonePill> : null}
        {phone.isTypedTo ? <TypingBubble /> : null}
      </Phone>
    </article>
  );
}
