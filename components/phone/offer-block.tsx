"use client";

import { Timer } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { OfferView } from "./message-view.ts";

type OfferBlockProps = { offer: OfferView; isOwn: boolean };

/** A limited time offer: what it is, how long it stands, the code. */
export function OfferBlock({ offer, isOwn }: OfferBlockProps) {
  const t = useTranslations("phone.offer");
  const left = useSecondsLeft(offer.endsAt);
  return (
    <div
      className={cn(
        "-mx-1.5 mb-1.5 flex items-center gap-2.5 rounded-sm px-2 py-2",
        isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment",
      )}
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-sm bg-wa-accent/15 text-wa-accent">
        <Timer aria-hidden className="size-5" />
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{offer.title}</span>
        {left === null ? null : (
          <span className={cn("tabular block text-[11.5px] leading-4", left > 0 ? "text-wa-accent" : "text-danger")}>
            {left > 0 ? t("endsIn", { left: countdown(left) }) : t("ended")}
          </span>
        )}
        {offer.code ? (
          <span className="block text-[11.5px] text-wa-secondary leading-4">{t("code", { code: offer.code })}</span>
        ) : null}
      </span>
    </div>
  );
}

/** Null until the page is alive: the server has another clock than the one who looks. */
function useSecondsLeft(endsAt: number | null): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (endsAt === null) return;
    const read = () => setLeft(Math.max(0, Math.round((endsAt - Date.now()) / 1000)));
    read();
    const timer = setInterval(read, 1000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return left;
}

function countdown(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const days = Math.floor(seconds / 86_400);
  const rest = `${two(Math.floor(seconds / 3_600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${days} d ${rest}` : rest;
}
