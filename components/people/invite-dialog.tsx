"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SecretLine } from "#components/ui/secret-line.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { RoleName } from "./people.ts";
import { RoleField } from "./role-field.tsx";

/** Asks somebody in: address and role, then the link, which is shown only now. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const { language: own } = useSession();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<RoleName>("maker");
  const [language, setLanguage] = useState(own);
  const invite = useMutation(
    trpc.people.invite.mutationOptions({ onSuccess: () => client.invalidateQueries(trpc.people.list.queryFilter()) }),
  );
  if (invite.data) return <LinkDialog email={email} {...invite.data} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("inviteTitle")}
      description={t("inviteBody")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            type="submit"
            form="invite"
            variant="primary"
            isBusy={invite.isPending}
            disabled={!email.includes("@")}
          >
            {t("inviteYes")}
          </Button>
        </>
      }
    >
      <form
        id="invite"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ email: email.trim(), role, language });
        }}
      >
        <Field label={t("email")} error={invite.isError ? errorWords(invite.error) : null}>
          <Input type="email" autoComplete="off" value={email} onChange={({ target }) => setEmail(target.value)} />
        </Field>
        <RoleField value={role} onChange={setRole} />
        <div className="space-y-1.5">
          <p className="font-medium text-sm">{t("language")}</p>
          <Segmented
            aria-label={t("language")}
            value={language}
            onValueChange={setLanguage}
            options={[
              { value: "en", label: "English" },
              { value: "fr", label: "Français" },
            ]}
          />
        </div>
      </form>
    </Dialog>
  );
}

type LinkDialogProps = { email: string; link: string; expiresAt: Date; onClose: () => void };

function LinkDialog({ email, link, expiresAt, onClose }: LinkDialogProps) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const format = useFormatter();
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("linkTitle")}
      description={t("linkBody", { email, date: format.dateTime(expiresAt, "moment") })}
      closeLabel={common("close")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("linkDone")}
        </Button>
      }
    >
      <SecretLine label={t("link")} text={link} copyLabel={common("copy")} copiedLabel={common("copied")} />
      <p className="mt-2 text-secondary text-xs">{t("linkHelp")}</p>
    </Dialog>
  );
}
