"use client";

import { Ellipsis, ShieldOff, UserRoundCog, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { PersonRow } from "./people.ts";
import { RoleDialog } from "./role-dialog.tsx";
import { usePeopleActs } from "./use-people-acts.ts";

type Asked = "role" | "reset" | "remove" | null;

/** What an owner can do about one person, and the question before it. */
export function PersonActs({ person, isSelf }: { person: PersonRow; isSelf: boolean }) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const acts = usePeopleActs();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const { name, userId, isLastOwner } = person;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton icon={Ellipsis} label={t("actsOf", { name })} size="dense" />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {isLastOwner ? <DropdownMenuLabel className="max-w-56">{t("lastOwner")}</DropdownMenuLabel> : null}
          <DropdownMenuItem icon={UserRoundCog} disabled={isLastOwner} onSelect={() => setAsked("role")}>
            {t("changeRole")}
          </DropdownMenuItem>
          {person.hasSecondFactor && !isSelf ? (
            <DropdownMenuItem icon={ShieldOff} onSelect={() => setAsked("reset")}>
              {t("reset")}
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuSeparator />
          <DropdownMenuItem icon={UserRoundX} isDanger disabled={isLastOwner} onSelect={() => setAsked("remove")}>
            {t("remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {asked === "role" ? <RoleDialog person={person} onClose={close} /> : null}
      <AlertDialog
        open={asked === "reset"}
        onOpenChange={close}
        title={t("resetTitle", { name })}
        description={t("resetBody")}
        confirmLabel={t("resetYes")}
        cancelLabel={common("cancel")}
        onConfirm={() => acts.reset.mutate({ userId })}
      />
      <AlertDialog
        open={asked === "remove"}
        onOpenChange={close}
        title={t("removeTitle", { name })}
        description={t(isSelf ? "removeSelfBody" : "removeBody")}
        confirmLabel={t("removeYes")}
        cancelLabel={common("cancel")}
        isDanger
        onConfirm={() => acts.remove.mutate({ userId })}
      />
    </>
  );
}
