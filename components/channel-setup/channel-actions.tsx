"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Pause, Pencil, Play } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ChannelSummary } from "#server/channel-setup/list-channels.ts";
import { RenameDialog } from "./rename-dialog.tsx";
import { TokenDialog } from "./token-dialog.tsx";

/** What an owner may change of a number. */
export function ChannelActions({ channel }: { channel: ChannelSummary }) {
  const t = useTranslations("channelSetup");
  const common = useTranslations("common");
  const [open, setOpen] = useState<"rename" | "token" | null>(null);
  const act = useChannelAct();
  const isPaused = channel.status === "paused";
  return (
    <>
      <Button onClick={() => setOpen("rename")}>
        <Pencil aria-hidden />
        {t("rename")}
      </Button>
      <Button onClick={() => setOpen("token")}>
        <KeyRound aria-hidden />
        {t("replaceToken")}
      </Button>
      <AlertDialog
        trigger={
          <Button variant={isPaused ? "primary" : "outline"} isBusy={act.isBusy}>
            {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
            {t(isPaused ? "resume" : "pause")}
          </Button>
        }
        title={t(isPaused ? "resumeTitle" : "pauseTitle", { phone: channel.phone })}
        description={t(isPaused ? "resumeBody" : "pauseBody")}
        confirmLabel={t(isPaused ? "resumeNow" : "pauseNow")}
        cancelLabel={common("cancel")}
        isDanger={!isPaused}
        onConfirm={() => (isPaused ? act.resume : act.pause)(channel.id)}
      />
      {open === "rename" ? <RenameDialog channel={channel} onClose={() => setOpen(null)} /> : null}
      {open === "token" ? <TokenDialog channel={channel} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function useChannelAct() {
  const t = useTranslations("channelSetup");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const after = (words: string) => ({
    onSuccess: () => toast.success(words),
    onError: (error: unknown) => toast.error(errorWords(error)),
    onSettled: () => client.invalidateQueries(trpc.channelSetup.pathFilter()),
  });
  const pause = useMutation(trpc.channelSetup.pause.mutationOptions(after(t("isPaused"))));
  const resume = useMutation(trpc.channelSetup.resume.mutationOptions(after(t("isResumed"))));
  return {
    isBusy: pause.isPending || resume.isPending,
    pause: (channelId: string) => pause.mutate({ channelId }),
    resume: (channelId: string) => resume.mutate({ channelId }),
  };
}
