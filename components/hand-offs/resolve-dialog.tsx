"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { HandOffRow } from "./hand-off-card.tsx";

type ResolveDialogProps = { row: HandOffRow | null; onClose: () => void; onDone: () => void };

/** Asks how it ended before the flow goes on. */
export function ResolveDialog({ row, onClose, onDone }: ResolveDialogProps) {
  const t = useTranslations("handOffs");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const [outcome, setOutcome] = useState("");
  const [wasEmpty, setWasEmpty] = useState(false);
  const close = () => {
    setOutcome("");
    setWasEmpty(false);
    onClose();
  };
  const resolve = useMutation(
    trpc.handOffs.resolve.mutationOptions({
      onSuccess: () => {
        toast.success(t("resolved"));
        close();
      },
      onError: (error) => toast.error(errorWords(error)),
      onSettled: onDone,
    }),
  );
  const submit = () => (row && outcome.trim() ? resolve.mutate({ handOffId: row.id, outcome }) : setWasEmpty(true));
  return (
    <Dialog
      open={row !== null}
      onOpenChange={(isOpen) => (isOpen ? null : close())}
      title={t("resolveTitle")}
      description={t("resolveBody", { name: row?.firstName ?? t("someone") })}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button variant="primary" isBusy={resolve.isPending} onClick={submit}>
            {t("resolveButton")}
          </Button>
        </>
      }
    >
      <Field label={t("outcome")} error={wasEmpty && !outcome.trim() ? t("outcomeNeeded") : undefined}>
        <Textarea
          rows={3}
          value={outcome}
          onChange={(event) => setOutcome(event.target.value)}
          placeholder={t("outcomePlaceholder")}
        />
      </Field>
    </Dialog>
  );
}
