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
import { Textarea } from "#components/ui/textarea.tsx";
import type { ConsentPurpose } from "#flow/gate/consent.ts";

export type ConsentChange = { purpose: ConsentPurpose; state: "granted" | "withdrawn" };
type ConsentDialogProps = { change: ConsentChange | null; contactId: string; name: string; onClose: () => void };

const shortestWording = 3;

/** Takes down a consent or its withdrawal, never without the words that prove it. */
export function ConsentDialog({ change, contactId, name, onClose }: ConsentDialogProps) {
  const t = useTranslations("contacts");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [wording, setWording] = useState("");
  const [until, setUntil] = useState("");
  const [wasShort, setWasShort] = useState(false);
  const isShort = wording.trim().length < shortestWording;
  const close = () => {
    setWording("");
    setUntil("");
    setWasShort(false);
    onClose();
  };
  const save = useMutation(
    trpc.contacts.setConsent.mutationOptions({
      onSuccess: () => {
        toast.success(t("saved"));
        close();
      },
      onError: (error) => toast.error(errorWords(error)),
      onSettled: () => client.invalidateQueries(trpc.contacts.pathFilter()),
    }),
  );
  const isWithdrawal = change?.state === "withdrawn";
  const purpose = change ? t(`purpose.${change.purpose}`) : "";
  return (
    <Dialog
      open={change !== null}
      onOpenChange={(isOpen) => (isOpen ? null : close())}
      title={t(isWithdrawal ? "withdrawTitle" : "grantTitle", { purpose })}
      description={t(isWithdrawal ? "withdrawBody" : "grantBody", { purpose, name })}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button
            variant={isWithdrawal ? "danger" : "primary"}
            isBusy={save.isPending}
            onClick={() =>
              isShort || !change
                ? setWasShort(true)
                : save.mutate({ contactId, ...change, wording, until: until || null })
            }
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <Field label={t("wording")} error={wasShort && isShort ? t("wordingNeeded") : undefined}>
        <Textarea
          rows={3}
          value={wording}
          onChange={(event) => setWording(event.target.value)}
          placeholder={t("wordingPlaceholder")}
        />
      </Field>
      {isWithdrawal ? null : (
        <Field label={t("until")} help={t("untilHelp")} className="mt-4">
          <Input
            type="date"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
            className="tabular w-44"
          />
        </Field>
      )}
    </Dialog>
  );
}
