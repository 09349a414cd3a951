"use client";

import { useMutation } from "@tanstack/react-query";
import { QRCodeSVG } from "qrcode.react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeField } from "#components/ui/code-field.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

type Drawn = { uri: string; secret: string; recoveryCodes: string[] };

/** Password, picture and first code, recovery codes: three steps, none of which can be left half done by mistake. */
export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("secondFactor");
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [isOn, setOn] = useState(false);
  if (!drawn) return <PasswordStep onClose={onClose} onDrawn={setDrawn} />;
  if (!isOn) return <ScanStep drawn={drawn} onClose={onClose} onDone={() => setOn(true)} />;
  return (
    <RecoveryCodes
      codes={drawn.recoveryCodes}
      onKept={() => {
        toast.success(t("turnedOn"));
        onClose();
      }}
    />
  );
}

function PasswordStep({ onClose, onDrawn }: { onClose: () => void; onDrawn: (drawn: Drawn) => void }) {
  const t = useTranslations("secondFactor");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const [password, setPassword] = useState("");
  const start = useMutation(trpc.secondFactor.start.mutationOptions({ onSuccess: onDrawn }));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("passwordTitle")}
      description={t("passwordBody")}
      closeLabel={common("close")}
      className="max-w-md"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="set-up" variant="primary" isBusy={start.isPending} disabled={password === ""}>
            {t("next")}
          </Button>
        </>
      }
    >
      <form
        id="set-up"
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate({ password });
        }}
      >
        <Field label={t("password")} error={start.isError ? errorWords(start.error) : null}>
          <Input
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

function ScanStep({ drawn, onClose, onDone }: { drawn: Drawn; onClose: () => void; onDone: () => void }) {
  const t = useTranslations("secondFactor");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const [code, setCode] = useState("");
  const finish = useMutation(trpc.secondFactor.finish.mutationOptions({ onSuccess: onDone }));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("scanTitle")}
      description={t("scanBody")}
      closeLabel={common("close")}
      className="max-w-md"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="scan" variant="primary" isBusy={finish.isPending} disabled={code === ""}>
            {t("turnOn")}
          </Button>
        </>
      }
    >
      <form
        id="scan"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          finish.mutate({ code });
        }}
      >
        {/* White in both themes: cameras want dark on light. */}
        <div className="mx-auto w-fit rounded-lg border border-border bg-white p-3">
          <QRCodeSVG value={drawn.uri} size={176} title={t("picture")} />
        </div>
        <div className="space-y-1.5">
          <p className="text-secondary text-xs">{t("typed")}</p>
          <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-border bg-sunken px-3 py-2">
            <code data-testid="typed-secret" className="min-w-0 flex-1 break-all font-mono text-xs">
              {(drawn.secret.match(/.{1,4}/g) ?? []).join(" ")}
            </code>
            <CopyButton text={drawn.secret} label={t("copyKey")} copiedLabel={common("copied")} />
          </div>
        </div>
        <CodeField
          label={t("firstCode")}
          help={t("firstCodeHelp")}
          error={finish.isError ? errorWords(finish.error) : null}
          value={code}
          onChange={setCode}
        />
      </form>
    </Dialog>
  );
}
