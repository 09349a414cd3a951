"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ChannelSummary } from "#server/channel-setup/list-channels.ts";

/** A new token in place of the old one; WhatsApp is asked before anything changes. */
export function TokenDialog({ channel, onClose }: { channel: ChannelSummary; onClose: () => void }) {
  const t = useTranslations("channelSetup");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [token, setToken] = useState("");
  const [appSecret, setAppSecret] = useState("");
  const replace = useMutation(
    trpc.channelSetup.replaceToken.mutationOptions({
      onSuccess: async () => {
        toast.success(t("tokenReplaced"));
        await client.invalidateQueries(trpc.channelSetup.pathFilter());
        onClose();
      },
    }),
  );
  const secret = appSecret.trim();
  const isReady = token.trim().length >= 20 && (secret === "" || /^[0-9a-f]{32}$/i.test(secret));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("replaceTitle")}
      description={t("replaceBody")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!isReady}
            isBusy={replace.isPending}
            onClick={() => replace.mutate({ channelId: channel.id, token, ...(secret ? { appSecret: secret } : {}) })}
          >
            {t("replaceNow")}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field
          label={t("fields.token")}
          help={t("help.token")}
          error={replace.isError ? errorWords(replace.error) : undefined}
        >
          <Input
            type="password"
            autoComplete="off"
            className="font-mono"
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        </Field>
        <Field label={t("fields.appSecret")} aside={t("optional")} help={t("help.appSecret")}>
          <Input
            type="password"
            autoComplete="off"
            className="font-mono"
            value={appSecret}
            onChange={({ target }) => setAppSecret(target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}
