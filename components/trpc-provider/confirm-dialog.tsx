"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { CodeField } from "#components/ui/code-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useErrorWords } from "./use-error-words.ts";

type ConfirmDialogProps = {
  /** Shows the code to the server; rejects when it does not count. */
  confirm: (code: string) => Promise<unknown>;
  /** Hears whether it was shown. */
  onDone: (isConfirmed: boolean) => void;
};

/** Asks for a code of the second factor. */
export function ConfirmDialog({ confirm: show, onDone }: ConfirmDialogProps) {
  const t = useTranslations("secondFactor");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const [code, setCode] = useState("");
  const confirm = useMutation({ mutationFn: show, onSuccess: () => onDone(true) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The form of the screen that waits underneath is an ancestor in React, though not on the page.
    event.stopPropagation();
    confirm.mutate(code);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onDone(false))}
      title={t("confirmTitle")}
      description={t("confirmBody")}
      closeLabel={common("close")}
      className="max-w-md"
      footer={
        <>
          <Button onClick={() => onDone(false)}>{common("cancel")}</Button>
          <Button
            type="submit"
            form="confirm-person"
            variant="primary"
            isBusy={confirm.isPending}
            disabled={code === ""}
          >
            {t("confirm")}
          </Button>
        </>
      }
    >
      <form id="confirm-person" onSubmit={submit}>
        <CodeField
          label={t("code")}
          help={t("codeHelp")}
          error={confirm.isError ? errorWords(confirm.error) : null}
          value={code}
          onChange={setCode}
        />
      </form>
    </Dialog>
  );
}
