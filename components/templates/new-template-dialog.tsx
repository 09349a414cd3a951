"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type TemplateCategory, templateCategories } from "#flow/template.ts";
import { isTaken } from "./duplicate-dialog.tsx";
import { NameField } from "./name-field.tsx";

const offered = [
  { language: "en", name: "English" },
  { language: "fr", name: "Français" },
] as const;

/** Name, category, languages: the three things to know before one writes. */
export function NewTemplateDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("templates");
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const [category, setCategory] = useState<TemplateCategory>("utility");
  const [languages, setLanguages] = useState<string[]>(["en", "fr"]);
  const create = useMutation(
    trpc.templates.create.mutationOptions({
      onSuccess: async ({ templateId }) => {
        await client.invalidateQueries(trpc.templates.pathFilter());
        router.push(`/templates/${templateId}`);
      },
    }),
  );
  const toggle = (language: string, isOn: boolean) =>
    setLanguages((chosen) => (isOn ? [...chosen, language] : chosen.filter((one) => one !== language)));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("newTitle")}
      description={t("newBody")}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="primary"
            disabled={name === "" || languages.length === 0}
            isBusy={create.isPending || create.isSuccess}
            onClick={() => create.mutate({ name: name.replace(/_$/, ""), category, languages })}
          >
            {t("write")}
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        <NameField
          value={name}
          onValueChange={setName}
          error={create.isError ? (isTaken(create.error) ? t("nameTaken") : t("saveFailed")) : null}
        />
        <div className="space-y-1.5">
          <p className="font-medium text-sm">{t("categoryLabel")}</p>
          <Segmented
            aria-label={t("categoryLabel")}
            value={category}
            onValueChange={setCategory}
            options={templateCategories.map((value) => ({ value, label: t(`category.${value}`) }))}
          />
          <p className="text-secondary text-xs">{t(`categoryHelp.${category}`)}</p>
        </div>
        <fieldset className="space-y-2">
          <legend className="mb-1.5 font-medium text-sm">{t("columns.languages")}</legend>
          {offered.map((one) => (
            <Checkbox
              key={one.language}
              label={one.name}
              checked={languages.includes(one.language)}
              onCheckedChange={(isOn) => toggle(one.language, isOn === true)}
            />
          ))}
          <p className="text-secondary text-xs">{t("moreLanguages")}</p>
        </fieldset>
      </div>
    </Dialog>
  );
}
