"use client";

import { Ban, PhoneOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import type { PhoneRow } from "./phones-list.ts";
import type { PhoneActions } from "./use-phone-actions.ts";

/** Over a phone that is off or has blocked the business: what happens to messages meanwhile, and the way back. */
export function PhoneAway({ phone, actions }: { phone: PhoneRow; actions: PhoneActions }) {
  const t = useTranslations("sandboxPhones");
  const { hasBlocked } = phone;
  const waiting = phone.chat.filter(
    (message) => message.isFromBusiness && ["accepted", "sent"].includes(message.status),
  ).length;
  const Icon = hasBlocked ? Ban : PhoneOff;
  return (
    // The dots of the chat's head stay in reach: a block is taken back there, too.
    <div className="absolute inset-x-0 top-[70px] bottom-0 flex items-end bg-black/35 p-2.5">
      <div className="flex w-full items-center gap-3 rounded-lg bg-[#292524] px-3 py-2.5 text-white">
        <Icon aria-hidden className="size-5 shrink-0" />
        <p className="min-w-0 flex-1 text-sm">
          <span className="block font-semibold">{t(hasBlocked ? "businessIsBlocked" : "phoneIsOff")}</span>
          <span className="block text-xs opacity-85">
            {hasBlocked ? t("blockedHelp") : t("waitingTicks", { count: waiting })}
          </span>
        </p>
        <Button size="dense" onClick={() => (hasBlocked ? actions.setBlock(false) : actions.setPhone({ phone: "on" }))}>
          {t(hasBlocked ? "menu.unblock" : "turnOn")}
        </Button>
      </div>
    </div>
  );
}
