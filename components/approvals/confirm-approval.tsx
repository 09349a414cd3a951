"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { AccountChoice, usualChoice } from "#components/template-words/account-choice.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";

type ConfirmApprovalProps = {
  approval: Approval;
  /** Approvals that are missing after this one. */
  left: number;
  onClose: () => void;
  /** With the numbers at whose accounts a template is wanted, where there are several. */
  onConfirm: (channelIds?: string[]) => void;
};

/** Asks once, and says again what follows and for how many. */
export function ConfirmApproval({ approval, left, onClose, onConfirm }: ConfirmApprovalProps) {
  const t = useTranslations("approvals.act");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const reach = useQuery(trpc.approvals.reach.queryOptions({ approvalId: approval.id }, { staleTime: 60_000 })).data;
  const { version, subject, snapshot, outcome } = approval;
  const status = outcome?.subject === "flow" ? outcome.status : "none";
  const last = String(left <= 0);
  const isLastOfTemplate = subject === "template" && left <= 0;
  const { accounts = [] } =
    useQuery(
      trpc.templates.get.queryOptions({ templateId: approval.subjectId }, { enabled: isLastOfTemplate, staleTime: 0 }),
    ).data ?? {};
  const [picked, setPicked] = useState<string[] | null>(null);
  const chosen = picked ?? usualChoice(accounts);
  const isChoice = isLastOfTemplate && accounts.length > 1;
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("confirm.title", { name: snapshot.name })}
      description={
        <>
          {t(`confirm.${subject}`, { last, left, version })} {left <= 0 ? t("confirm.still", { status }) : null}{" "}
          {reach ? t("confirm.reach", { count: reach.people }) : null}
          {isChoice ? (
            <div className="mt-3 text-ink">
              <AccountChoice
                accounts={accounts}
                chosen={chosen}
                onChoose={(next) => next.length > 0 && setPicked(next)}
              />
            </div>
          ) : null}
        </>
      }
      confirmLabel={left > 0 ? t("approve") : t(subject === "flow" ? "approveFlow" : "approveTemplate")}
      cancelLabel={common("cancel")}
      onConfirm={() => onConfirm(isChoice ? chosen : undefined)}
    />
  );
}
