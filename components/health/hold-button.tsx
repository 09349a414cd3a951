"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";

type HoldButtonProps = { isHeld: boolean /** Messages that wait to leave now. */; waiting: number };

/** Holds all sending of the workspace, or lets it go on. Asks first, with what it touches. */
export function HoldButton({ isHeld, waiting }: HoldButtonProps) {
  const t = useTranslations("health.hold");
  const common = useTranslations("common");
  const { can } = useSession();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const hold = useMutation(
    trpc.health.hold.mutationOptions({
      onSuccess: ({ isHeld: isNowHeld, onTheirWay }) =>
        toast.success(t(isNowHeld ? "held" : "released"), {
          description: onTheirWay > 0 ? t("onTheirWay", { count: onTheirWay }) : undefined,
        }),
      onError: (error) => toast.error(errorWords(error)),
      onSettled: () => client.invalidateQueries(trpc.health.pathFilter()),
    }),
  );
  if (!can("hold-sending")) return null;
  return (
    <AlertDialog
      trigger={
        <Button isBusy={hold.isPending} variant={isHeld ? "primary" : "outline"}>
          {isHeld ? <Play aria-hidden /> : <Pause aria-hidden />}
          {t(isHeld ? "release" : "hold")}
        </Button>
      }
      title={t(isHeld ? "releaseTitle" : "holdTitle")}
      description={
        isHeld ? (
          t("releaseBody", { count: waiting })
        ) : (
          <>
            <p>{t("holdBody")}</p>
            <p className="mt-2 font-medium text-ink">{t("holdFraud")}</p>
          </>
        )
      }
      confirmLabel={t(isHeld ? "releaseConfirm" : "holdConfirm")}
      cancelLabel={common("cancel")}
      isDanger={!isHeld}
      onConfirm={() => hold.mutate({ isHeld: !isHeld })}
    />
  );
}
