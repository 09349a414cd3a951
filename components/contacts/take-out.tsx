"use client";

import { useMutation } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";

/** Takes a person out of a flow after one question; it stays busy until the page, which looks again by itself, has heard of it. */
export function TakeOut({ enrollmentId, flowName, name }: { enrollmentId: string; flowName: string; name: string }) {
  const t = useTranslations("contacts.takeOut");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const leave = useMutation(
    trpc.contacts.takeOut.mutationOptions({
      onSuccess: () => toast.success(t("done", { name, flow: flowName })),
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  if (!useSession().can("edit-contacts")) return null;
  return (
    <AlertDialog
      trigger={
        <Button
          variant="quiet"
          size="dense"
          isBusy={leave.isPending || leave.isSuccess}
          aria-label={t("label", { flow: flowName })}
        >
          <LogOut aria-hidden className="size-3.5" />
          {t("button")}
        </Button>
      }
      title={t("title", { name, flow: flowName })}
      description={<p>{t("body")}</p>}
      confirmLabel={t("confirm")}
      cancelLabel={common("cancel")}
      isDanger
      onConfirm={() => leave.mutate({ enrollmentId })}
    />
  );
}
