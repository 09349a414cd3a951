"use client";

import { Ban, BellOff, BellRing, EllipsisVertical, Hash } from "lucide-react";
import { useTranslations } from "use-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import type { PhoneRow } from "./phones-list.ts";
import type { PhoneActions } from "./use-phone-actions.ts";

type ChatMenuProps = { phone: PhoneRow; actions: PhoneActions; onChangeNumber: () => void };

/** The three dots of the chat: what a customer can tell WhatsApp about this business. */
export function ChatMenu({ phone, actions, onChangeNumber }: ChatMenuProps) {
  const t = useTranslations("sandboxPhones.menu");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("open")}
        className="-mr-1 grid size-6 shrink-0 place-items-center rounded-full hover:bg-wa-attachment"
      >
        <EllipsisVertical aria-hidden className="size-4" />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {phone.hasStoppedMarketing ? (
          <DropdownMenuItem icon={BellRing} onSelect={() => actions.setPreference("resume")}>
            {t("resumeMarketing")}
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem icon={BellOff} onSelect={() => actions.setPreference("stop")}>
            {t("stopMarketing")}
          </DropdownMenuItem>
        )}
        <DropdownMenuItem icon={Hash} onSelect={onChangeNumber}>
          {t("changeNumber")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={Ban} isDanger={!phone.hasBlocked} onSelect={() => actions.setBlock(!phone.hasBlocked)}>
          {t(phone.hasBlocked ? "unblock" : "block")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
