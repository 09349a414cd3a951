"use client";

import { useTranslations } from "use-intl";
import type { MessageView } from "#components/phone/message-view.ts";

/** What a chat says of itself in words: labels that WhatsApp chooses, and a message in one line. */
export function useChatWords() {
  const t = useTranslations("sandboxPhones");
  const labelOf = (kind: string): string | null => (t.has(`buttons.${kind}`) ? t(`buttons.${kind}`) : null);
  const textOf = (view: MessageView): string => {
    switch (view.kind) {
      case undefined:
      case "plain":
        return view.body;
      case "attached":
        return view.caption ?? (view.file.kind === "document" ? view.file.fileName : t(`kinds.${view.file.kind}`));
      case "place":
        return view.place.name ?? t("kinds.place");
      case "people":
        return view.people.map((person) => person.name).join(", ");
      case "answers":
        return t("kinds.answers");
      case "notice":
        return t("kinds.unsupported");
    }
  };
  return { labelOf, textOf };
}
