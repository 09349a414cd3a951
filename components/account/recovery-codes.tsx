"use client";

import { Download } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { saveFile } from "#components/ui/save-file.ts";

/** The recovery codes, shown once. Whoever closes them too early makes new ones. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTranslations("secondFactor");
  const common = useTranslations("common");
  const text = codes.join("\n");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onKept())}
      title={t("codesTitle")}
      description={t("codesBody")}
      closeLabel={common("close")}
      className="max-w-md"
      footer={
        <Button variant="primary" onClick={onKept}>
          {t("kept")}
        </Button>
      }
    >
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border border-border bg-sunken px-4 py-3 font-mono text-sm">
        {codes.map((code) => (
          <li key={code} className="tabular">
            {code}
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={text} label={t("copyCodes")} copiedLabel={common("copied")} />
        <Button size="dense" onClick={() => saveFile("chasqui-recovery-codes.txt", `${text}\n`, "text/plain")}>
          <Download aria-hidden />
          {t("saveCodes")}
        </Button>
      </div>
    </Dialog>
  );
}
