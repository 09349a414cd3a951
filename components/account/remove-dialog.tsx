"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { CodeDialog } from "./code-dialog.tsx";

/** A last code, then the password alone signs in again. */
export function RemoveDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("secondFactor");
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.secondFactor.remove.mutationOptions({
      onSuccess: () => {
        toast.success(t("removed"));
        onClose();
      },
    }),
  );
  return (
    <CodeDialog
      title={t("removeTitle")}
      description={t("removeBody")}
      confirmLabel={t("removeYes")}
      isDanger
      isBusy={remove.isPending}
      error={remove.error}
      onCode={(code) => remove.mutate({ code })}
      onClose={onClose}
    />
  );
}
