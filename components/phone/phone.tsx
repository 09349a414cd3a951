"use client";

import { BadgeCheck, BatteryFull, ChevronLeft, EllipsisVertical, Mic, SignalHigh, Wifi } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { ScrollArea } from "#components/ui/scroll-area.tsx";

type PhoneProps = {
  /** Who the customer talks to: the business' name on WhatsApp. */
  businessName: string;
  /** On the status bar: "10:42". */
  time: string;
  /** The customer's own choice; ours follows the page when absent. */
  palette?: "light" | "dark";
  /** Messages and day pills, oldest first. */
  children: ReactNode;
  /** In the place of the field at the foot; a picture of it when absent. */
  composer?: ReactNode;
  /** Over the messages: a switched-off phone, a list sheet. */
  overlay?: ReactNode;
  /** Read aloud: whose phone. */
  label: string;
  /** Behind the three dots of the chat's head; a picture of them when absent. */
  menu?: ReactNode;
  className?: string;
};

/** A customer's phone with the chat open: bezel, status bar, chat head, messages from the foot up, field. */
export function Phone({
  businessName,
  time,
  palette,
  children,
  composer,
  overlay,
  label,
  menu,
  className,
}: PhoneProps) {
  const t = useTranslations("phone");
  return (
    <section
      aria-label={label}
      data-whatsapp={palette}
      className={cn(
        "relative flex h-[540px] w-[316px] shrink-0 flex-col overflow-hidden rounded-[30px] border-[5px] border-bezel bg-wa-chat",
        className,
      )}
    >
      <div
        aria-hidden
        className="flex h-6 shrink-0 items-center justify-between bg-wa-bar px-5 font-semibold text-mini text-wa-bar-text"
      >
        <span className="tabular">{time}</span>
        <span className="flex items-center gap-1">
          <SignalHigh className="size-3.5" />
          <Wifi className="size-3.5" />
          <BatteryFull className="size-4" />
        </span>
      </div>
      <header className="flex h-[46px] shrink-0 items-center gap-2 bg-wa-bar px-2.5 pb-1 text-wa-bar-text shadow-[0_1px_0_rgb(0_0_0/0.06)]">
        <ChevronLeft aria-hidden className="size-4 shrink-0" />
        <span
          aria-hidden
          className="grid size-8 shrink-0 place-items-center rounded-full bg-[#1b37ae] font-semibold text-mini text-white"
        >
          {initials(businessName)}
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1 font-semibold text-sm leading-4">
            <span className="truncate">{businessName}</span>
            <BadgeCheck aria-hidden className="size-3.5 shrink-0 fill-[#1d9bf0] text-white" />
          </span>
          <span className="block truncate text-mini text-wa-secondary">{t("businessAccount")}</span>
        </span>
        {menu ?? <EllipsisVertical aria-hidden className="size-4 shrink-0" />}
      </header>
      {/* Column-reverse keeps the newest message in sight without any scrolling code. */}
      <ScrollArea
        role="log"
        aria-label={t("messages")}
        className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto"
      >
        <div className="flex min-h-full shrink-0 flex-col gap-2 px-3 py-2.5">{children}</div>
      </ScrollArea>
      {composer ?? <PhoneComposerPicture />}
      {overlay}
    </section>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("")
    .toUpperCase();

/** The day over its messages: "Today". Also for facts that are no message. */
export function PhonePill({ children }: { children: ReactNode }) {
  return (
    <p className="mx-auto w-fit max-w-[90%] rounded-md bg-wa-pill px-2.5 py-1 text-center text-[11.5px] text-wa-secondary leading-4 shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]">
      {children}
    </p>
  );
}

function PhoneComposerPicture() {
  const t = useTranslations("phone");
  return (
    <div aria-hidden className="flex shrink-0 items-center gap-2 px-2.5 pt-1 pb-2.5">
      <span className="flex h-8 flex-1 items-center rounded-full bg-wa-field px-3.5 text-sm text-wa-secondary">
        {t("composer.placeholder")}
      </span>
      <span className="grid size-8 shrink-0 place-items-center rounded-full bg-wa-accent text-white">
        <Mic className="size-4" />
      </span>
    </div>
  );
}
