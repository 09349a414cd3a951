"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { InvitationRow } from "./people.ts";
import { usePeopleActs } from "./use-people-acts.ts";

type InvitationListProps = { invitations: InvitationRow[]; mayManage: boolean };

/** Who was asked in and has not come yet. */
export function InvitationList({ invitations, mayManage }: InvitationListProps) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const roles = useTranslations("shell.person.roles");
  const format = useFormatter();
  const { cancel } = usePeopleActs();
  const [asked, setAsked] = useState<InvitationRow | null>(null);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("invitations")}</CardTitle>
      </CardHeader>
      <CardBody>
        <ul className="divide-y divide-border">
          {invitations.map((one) => (
            <li key={one.invitationId} className="flex items-center gap-3 py-2">
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm">{one.email}</span>
                <span className="block text-secondary text-xs">
                  {t("invitedBy", { name: one.inviter, date: format.dateTime(one.expiresAt, "moment") })}
                </span>
              </span>
              {one.role ? <Chip>{roles(one.role)}</Chip> : null}
              {mayManage ? (
                <IconButton
                  icon={X}
                  size="dense"
                  label={t("cancel", { email: one.email })}
                  onClick={() => setAsked(one)}
                />
              ) : null}
            </li>
          ))}
        </ul>
      </CardBody>
      <AlertDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title={t("cancelTitle", { email: asked?.email ?? "" })}
        description={t("cancelBody")}
        confirmLabel={t("cancelYes")}
        cancelLabel={common("cancel")}
        isDanger
        onConfirm={() => asked && cancel.mutate({ invitationId: asked.invitationId })}
      />
    </Card>
  );
}
