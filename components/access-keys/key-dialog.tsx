"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { SecretLine } from "#components/ui/secret-line.tsx";

type Kind = "write" | "rest";

/** A new key: who uses it, what it may do, then the key itself, which is shown only now. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("accessKeys");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("write");
  const [publishes, setPublishes] = useState(false);
  const make = useMutation(
    trpc.accessKeys.make.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.accessKeys.list.queryFilter()),
    }),
  );
  if (make.data) return <SecretDialog secret={make.data.key} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("makeTitle")}
      description={t("makeBody")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="key" variant="primary" isBusy={make.isPending} disabled={name.trim().length < 2}>
            {t("makeYes")}
          </Button>
        </>
      }
    >
      <form
        id="key"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ name, kind, scopes: kind === "rest" && publishes ? ["flows:publish"] : [] });
        }}
      >
        <Field label={t("name")} help={t("nameHelp")} error={make.isError ? errorWords(make.error) : null}>
          <Input autoComplete="off" maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
        <fieldset>
          <legend className="mb-2 font-medium text-sm">{t("kind")}</legend>
          <RadioGroup
            aria-label={t("kind")}
            value={kind}
            onValueChange={(next) => setKind(next === "rest" ? "rest" : "write")}
            options={(["write", "rest"] as const).map((one) => ({
              value: one,
              label: t(`kinds.${one}`),
              help: t(`kindHelp.${one}`),
            }))}
          />
        </fieldset>
        {kind === "rest" ? <PublishScope isOn={publishes} onChange={setPublishes} /> : null}
      </form>
    </Dialog>
  );
}

/** The one scope there is, with what it means for the second pair of eyes, and whether the rules let it work at all. */
function PublishScope({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const t = useTranslations("accessKeys");
  const trpc = useTRPC();
  const rules = useQuery(trpc.approvals.rules.queryOptions());
  return (
    <fieldset className="space-y-2">
      <legend className="mb-2 font-medium text-sm">{t("scopes")}</legend>
      <Checkbox
        label={t("publishes")}
        help={t("publishHelp")}
        checked={isOn}
        onCheckedChange={(next) => onChange(next === true)}
      />
      {isOn ? (
        <Callout tone="warning" icon={TriangleAlert}>
          {t(rules.data?.keysMayPublish === false ? "publishOff" : "publishWarning")}
        </Callout>
      ) : null}
    </fieldset>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTranslations("accessKeys");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("secretTitle")}
      description={t("secretBody")}
      closeLabel={common("close")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("secretDone")}
        </Button>
      }
    >
      <SecretLine label={t("key")} text={secret} copyLabel={common("copy")} copiedLabel={common("copied")} />
    </Dialog>
  );
}
