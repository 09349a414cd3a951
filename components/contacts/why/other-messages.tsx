"use client";

import { useTranslations } from "use-intl";
import { Card } from "#components/ui/card.tsx";
import { MessageChecks } from "./message-checks.tsx";
import type { Answer } from "./use-why-words.ts";

/** Messages that no flow sent. */
export function OtherMessages({ answer: { contact, otherMessages, hasMoreOtherMessages } }: { answer: Answer }) {
  const t = useTranslations("why");
  return (
    <Card aria-label={t("otherMessages")} className="overflow-hidden">
      <div className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
        <h2 className="font-semibold text-base">{t("otherMessages")}</h2>
        <p className="text-secondary text-sm">{t("otherMessagesHelp")}</p>
      </div>
      {otherMessages.map((message) => (
        <MessageChecks key={message.id} message={message} contactId={contact.id} />
      ))}
      {hasMoreOtherMessages ? (
        <p className="border-border border-t px-4 py-2 text-secondary text-sm">{t("moreOtherMessages")}</p>
      ) : null}
    </Card>
  );
}
