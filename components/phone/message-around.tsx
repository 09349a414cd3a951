"use client";

import { Forward } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { repeated } from "#components/ui/in-order.tsx";
import type { LinkPreviewView, QuoteView } from "./message-view.ts";

/** The message that is answered, above the answer. */
export function QuoteBlock({ quote, isOwn }: { quote: QuoteView; isOwn: boolean }) {
  const t = useTranslations("phone");
  return (
    <blockquote
      className={cn(
        "-mx-1.5 mb-1 rounded-sm border-l-[3px] px-2 py-1 text-xs",
        isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment",
        quote.isOwn ? "border-wa-accent" : "border-wa-link",
      )}
    >
      <span className={cn("block truncate font-semibold", quote.isOwn ? "text-wa-strong" : "text-wa-link")}>
        {quote.author ?? t("you")}
      </span>
      <span className="line-clamp-2 text-wa-secondary">{quote.text}</span>
    </blockquote>
  );
}

/** The first link of a text as a plate. What stands behind the link is not asked for. */
export function LinkPreview({ preview, isOwn }: { preview: LinkPreviewView; isOwn: boolean }) {
  return (
    <span
      className={cn(
        "-mx-1.5 mb-1.5 flex min-w-44 items-center gap-2 rounded-sm px-2 py-1.5",
        isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment",
      )}
    >
      <span
        aria-hidden
        className="grid size-9 shrink-0 place-items-center rounded-sm bg-wa-accent/15 font-semibold text-wa-accent uppercase"
      >
        {preview.host.charAt(0)}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{preview.host}</span>
        <span className="block truncate text-[11.5px] text-wa-secondary leading-4">{preview.url}</span>
      </span>
    </span>
  );
}

export function ForwardedMark() {
  const t = useTranslations("phone");
  return (
    <p className="flex items-center gap-1 text-[11.5px] text-wa-secondary italic leading-4">
      <Forward aria-hidden className="size-3" />
      {t("forwarded")}
    </p>
  );
}

/** Emoji on the lower edge of the bubble they belong to. */
export function ReactionPill({ reactions, isOwn }: { reactions: string[]; isOwn: boolean }) {
  const t = useTranslations("phone");
  return (
    <p
      className={cn(
        "-mt-1.5 relative flex w-fit items-center gap-0.5 rounded-full border border-wa-chat bg-wa-bubble px-1.5 py-px text-sm leading-4",
        isOwn ? "mr-2 self-end" : "ml-2",
      )}
    >
      <span className="sr-only">{t("reactions")}</span>
      {reactions.join(" ")}
    </p>
  );
}

/** Somebody at the business is writing. */
export function TypingBubble() {
  const t = useTranslations("phone");
  return (
    <p
      role="status"
      className="mr-auto flex w-fit items-center gap-1 rounded-md rounded-tl-xs bg-wa-bubble px-3 py-2.5 shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]"
    >
      <span className="sr-only">{t("typing")}</span>
      {repeated(3, (dot) => (
        <span
          aria-hidden
          style={{ animationDelay: `${dot * 160}ms` }}
          className="size-1.5 animate-typing rounded-full bg-wa-tick"
        />
      ))}
    </p>
  );
}
