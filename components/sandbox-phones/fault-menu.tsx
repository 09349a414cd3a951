"use client";

import { ChevronDown, Zap, ZapOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import type { PhoneRow } from "./phones-list.ts";
import type { PhoneActions } from "./use-phone-actions.ts";

const lasting = ["131026", "131049", "131042", "131047"] as const;
const once = ["refused", "too-fast", "cut-off", "unknown", "slow"] as const;

/** What can be made to go wrong with this person's messages: from now on, or with the next one only. */
export function FaultMenu({ phone, actions }: { phone: PhoneRow; actions: PhoneActions }) {
  const t = useTranslations("sandboxPhones");
  const { fault } = phone.behaviour;
  const current = fault === null ? null : t.has(`faults.${fault}`) ? t(`faults.${fault}`) : String(fault);
  const label = current ?? (phone.faultsAhead > 0 ? t("faultsAhead", { count: phone.faultsAhead }) : t("noFault"));
  const isOn = fault !== null || phone.faultsAhead > 0;
  // Quiet while all is well: the words of a fault need the room.
  const Icon = isOn ? Zap : ZapOff;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("faultIs", { fault: label })}
        title={t("faultIs", { fault: label })}
        className={cn(
          "flex h-7 min-w-0 items-center gap-1 rounded-md px-1.5 text-sm hover:bg-hover data-[state=open]:bg-hover",
          isOn ? "font-medium text-warning" : "text-secondary",
        )}
      >
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {isOn ? <span className="truncate">{label}</span> : null}
        <ChevronDown aria-hidden className="size-3.5 shrink-0" />
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-80">
        <DropdownMenuLabel>{t("faultLasting")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={String(fault ?? "none")}
          onValueChange={(value) => actions.setPhone({ fault: value === "none" ? null : Number(value) })}
        >
          <DropdownMenuRadioItem value="none">{t("noFault")}</DropdownMenuRadioItem>
          {lasting.map((code) => (
            <DropdownMenuRadioItem key={code} value={code}>
              <Words title={t(`faults.${code}`)} hint={t(`faultHints.${code}`)} />
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("faultOnce")}</DropdownMenuLabel>
        {once.map((kind) => (
          <DropdownMenuItem key={kind} onSelect={() => actions.plantFault(kind)}>
            <Words title={t(`once.${kind}`)} hint={t(`onceHints.${kind}`)} />
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

const Words = ({ title, hint }: { title: string; hint: string }) => (
  <span className="min-w-0 py-0.5">
    <span className="block">{title}</span>
    <span className="block text-secondary text-xs">{hint}</span>
  </span>
);
