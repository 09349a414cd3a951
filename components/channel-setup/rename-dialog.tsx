"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ChannelSummary } from "#server/channel-setup/list-channels.ts";

/** A name that people of the workspace know the number by. */
export function RenameDialog({ channel, onClose }: { channel: ChannelSummary; onClose: () => void }) {
  const t = useTranslations("channelSetup");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [name, setName] = useState(channel.name);
  const rename = useMutation(
    trpc.channelSetup.rename.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries(trpc.channelSetup.pathFilter());
        onClose();
      },
    }),
  );
  const save = () => rename.mutate({ channelId: channel.id, name });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("renameTitle")}
      description={channel.phone}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={name.trim() === ""} isBusy={rename.isPending} onClick={save}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") save();
        }}
      >
        <Field label={t("fields.name")} error={rename.isError ? errorWords(rename.error) : undefined}>
          <Input value={name} maxLength={80} onChange={({ target }) => setName(target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
