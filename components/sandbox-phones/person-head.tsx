"use client";

import { ArrowLeft, ArrowRight, Ellipsis, X } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { FaultMenu } from "./fault-menu.tsx";
import type { PhoneRow } from "./phones-list.ts";
import type { PhoneActions } from "./use-phone-actions.ts";

export type PhonePlace = { isFirst: boolean; isLast: boolean; onMove: (by: -1 | 1) => void; onClose: () => void };

type PersonHeadProps = { phone: PhoneRow; name: string; actions: PhoneActions; place: PhonePlace };

/** Above a phone: whose it is, where in which flow, and how it behaves. */
export function PersonHead({ phone, name, actions, place }: PersonHeadProps) {
  const t = useTranslations("sandboxPhones");
  const language = new Intl.DisplayNames([useLocale()], { type: "language" }).of(phone.locale) ?? phone.locale;
  return (
    <div className="space-y-1.5">
      <div className="flex h-9 items-center gap-2.5">
        <Avatar name={name} seed={phone.contactId} size="large" />
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-1.5">
            <span className="truncate font-semibold">{name}</span>
            <span className="shrink-0 text-secondary text-xs first-letter:uppercase">{language}</span>
          </p>
          <p className="truncate text-secondary text-xs">
            {phone.inside[0] ? t("insideFlow", { flow: phone.inside[0].flowName }) : t("idle")}
          </p>
        </div>
        <PlaceMenu name={name} place={place} />
      </div>
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <Switch
          label={t("phoneOn")}
          checked={phone.behaviour.phone === "on"}
          disabled={phone.hasBlocked}
          onCheckedChange={(isOn) => actions.setPhone({ phone: isOn ? "on" : "off" })}
        />
        <Switch
          label={t("readReceipts")}
          checked={phone.behaviour.readReceipts}
          onCheckedChange={(readReceipts) => actions.setPhone({ readReceipts })}
        />
        <FaultMenu phone={phone} actions={actions} />
      </div>
    </div>
  );
}

function PlaceMenu({ name, place }: { name: string; place: PhonePlace }) {
  const t = useTranslations("sandboxPhones.place");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("open", { name })}
        className="grid size-8 shrink-0 place-items-center rounded-md text-secondary hover:bg-hover data-[state=open]:bg-hover"
      >
        <Ellipsis aria-hidden className="size-4" />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem icon={ArrowLeft} disabled={place.isFirst} onSelect={() => place.onMove(-1)}>
          {t("left")}
        </DropdownMenuItem>
        <DropdownMenuItem icon={ArrowRight} disabled={place.isLast} onSelect={() => place.onMove(1)}>
          {t("right")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={X} onSelect={place.onClose}>
          {t("close")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
