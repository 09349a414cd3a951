"use client";

import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type OptInDialogProps = { contactId: string; name: string; onClose: () => void };

/** Makes the address of the page on which the person agrees by themselves, and gives it to whoever passes it on. */
export function OptInDialog({ contactId, name, onClose }: OptInDialogProps) {
  const t = useTranslations("contacts");
  const common = useTranslations("common");
  const format = useFormatter();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const make = useMutation(trpc.contacts.makeOptInLink.mutationOptions());
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("optInTitle")}
      description={t("optInBody", { name })}
      closeLabel={t("close")}
      footer={
        make.data ? (
          <CopyButton
            text={make.data.url}
            label={common("copy")}
            copiedLabel={common("copied")}
            size="normal"
            variant="primary"
          />
        ) : (
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button variant="primary" isBusy={make.isPending} onClick={() => make.mutate({ contactId })}>
              {t("optInMake")}
            </Button>
          </>
        )
      }
    >
      {make.data ? (
        <Field
          label={t("optInAddress")}
          help={t("optInUntil", { date: format.dateTime(make.data.expiresAt, { dateStyle: "long" }) })}
        >
          <Input
            readOnly
            value={make.data.url}
            onFocus={({ target }) => target.select()}
            className="font-mono text-xs"
          />
        </Field>
      ) : make.isError ? (
        <p role="alert" className="text-danger text-sm">
          {errorWords(make.error)}
        </p>
      ) : (
        <p className="text-secondary text-sm">{t("optInWarning")}</p>
      )}
    </Dialog>
  );
}
