"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { CodeDialog } from "./code-dialog.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** A code, then the new recovery codes. */
export function RenewDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("secondFactor");
  const trpc = useTRPC();
  const renew = useMutation(trpc.secondFactor.renewCodes.mutationOptions());
  if (renew.data) return <RecoveryCodes codes={renew.data.recoveryCodes} onKept={onClose} />;
  return (
    <CodeDialog
      title={t("renewTitle")}
      description={t("renewBody")}
      confirmLabel={t("renewYes")}
      isBusy={renew.isPending}
      error={renew.error}
      onCode={(code) => renew.mutate({ code })}
      onClose={onClose}
    />
  );
}
