"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeField } from "#components/ui/code-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type CodeDialogProps = {
  title: string;
  description: string;
  confirmLabel: string;
  isDanger?: boolean;
  isBusy: boolean;
  error: unknown;
  onCode: (code: string) => void;
  onClose: () => void;
};

/** Asks for a code before something about the second factor itself. */
export function CodeDialog(props: CodeDialogProps) {
  const { title, description, confirmLabel, isDanger, isBusy, error, onCode, onClose } = props;
  const t = useTranslations("secondFactor");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const [code, setCode] = useState("");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={title}
      description={description}
      closeLabel={common("close")}
      className="max-w-md"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            type="submit"
            form="code"
            variant={isDanger ? "danger" : "primary"}
            isBusy={isBusy}
            disabled={code === ""}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        id="code"
        onSubmit={(event) => {
          event.preventDefault();
          onCode(code);
        }}
      >
        <CodeField
          label={t("code")}
          help={t("codeHelp")}
          error={error ? errorWords(error) : null}
          value={code}
          onChange={setCode}
        />
      </form>
    </Dialog>
  );
}
