"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import type { ShownPhones } from "./use-shown-phones.ts";

/** Brings a phone back that was closed; nothing to see while all of them are there. */
export function AddPhone({ phones }: { phones: ShownPhones }) {
  const t = useTranslations("sandboxPhones.place");
  if (phones.hidden.length === 0) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {phones.hidden.map((phone) => (
          <DropdownMenuItem key={phone.contactId} onSelect={() => phones.add(phone.externalId)}>
            {`${phone.firstName} ${phone.lastName}`.trim()}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
