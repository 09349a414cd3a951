"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";

type RestoreButtonProps = { flow: { id: string; status: string; revision: number }; number: number };

/** Makes an earlier version the draft again, after the question what becomes of the draft there is. */
export function RestoreButton({ flow, number }: RestoreButtonProps) {
  const t = useTranslations("flowHistory");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const router = useRouter();
  const mayEdit = useSession().can("edit-flows") && flow.status !== "archived";
  const trpc = useTRPC();
  const restore = useMutation(
    trpc.flows.restoreVersion.mutationOptions({
      onError: (error) => toast.error(t("notRestored"), { description: errorWords(error) }),
      onSuccess: () => {
        toast.success(t("restored", { number }), { description: t("restoredHint") });
        router.push(`/flows/${flow.id}`);
        router.refresh();
      },
    }),
  );
  if (!mayEdit) return null;
  return (
    <AlertDialog
      trigger={
        <Button className="w-full" isBusy={restore.isPending}>
          <RotateCcw aria-hidden />
          {t("restore", { number })}
        </Button>
      }
      title={t("restoreAsk", { number })}
      description={t("restoreBody")}
      confirmLabel={t("restoreConfirm")}
      cancelLabel={common("cancel")}
      onConfirm={() => restore.mutate({ flowId: flow.id, number, revision: flow.revision })}
    />
  );
}
