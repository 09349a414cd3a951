"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { previewMessage } from "#flow/render-message.ts";
import { templateVariables } from "#flow/template.ts";
import type { GalleryEntry } from "#flow/template-gallery/gallery-entry.ts";
import { isTaken } from "./duplicate-dialog.tsx";
import { NameField } from "./name-field.tsx";

/** The chosen text in each of its languages, what a flow has to bring for it, and the way to a draft. */
export function GalleryPreview({ entry }: { entry: GalleryEntry }) {
  const t = useTranslations("templates.gallery");
  const names = useTranslations("templateGallery");
  const locale = useLocale();
  const own = entry.languages.find((one) => one.language === locale)?.language ?? "en";
  const [shown, setShown] = useState(own);
  const content = entry.languages.find((one) => one.language === shown);
  if (!content) return null;
  const blanks = templateVariables(content);
  return (
    <aside
      aria-label={t("preview")}
      className="overflow-hidden rounded-lg border border-border bg-surface xl:sticky xl:top-16"
    >
      <div className="space-y-3 border-border border-b p-4">
        <h2 className="text-h2">{names(`${entry.id}.name` as Parameters<typeof names>[0])}</h2>
        <p className="text-secondary text-sm">{names(`${entry.id}.promise` as Parameters<typeof names>[0])}</p>
        <Segmented
          isDense
          aria-label={t("language")}
          className="flex w-full"
          value={shown}
          onValueChange={setShown}
          options={entry.languages.map(({ language }) => ({
            value: language,
            label: language.slice(0, 2).toUpperCase(),
            title: languageName(language, locale),
          }))}
        />
      </div>
      <div lang={shown.replace("_", "-")} className="max-h-80 overflow-y-auto bg-wa-chat px-4 py-4">
        <WhatsAppMessage
          message={previewMessage(content, entry.samples)}
          from="business"
          time="09:41"
          blankOf={(name) => ({ name, value: entry.samples[name] ?? null })}
        />
      </div>
      <div className="space-y-4 border-border border-t p-4">
        <p className="text-secondary text-xs">
          {t("blanks", { count: blanks.length })} <span className="font-mono text-ink">{blanks.join(", ")}</span>
        </p>
        <Beginning entry={entry} languages={[...new Set(["en", own])]} />
      </div>
    </aside>
  );
}

/** Name and languages of the draft. */
function Beginning({ entry, languages: first }: { entry: GalleryEntry; languages: string[] }) {
  const t = useTranslations("templates");
  const locale = useLocale();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState(entry.name);
  const [languages, setLanguages] = useState(first.length > 1 ? first : ["en", "fr"]);
  const create = useMutation(
    trpc.templates.create.mutationOptions({
      onSuccess: async ({ templateId }) => {
        await client.invalidateQueries(trpc.templates.pathFilter());
        router.push(`/templates/${templateId}`);
      },
    }),
  );
  const { category, id } = entry;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: name.replace(/_$/, ""), category, languages, from: id });
      }}
    >
      <NameField
        value={name}
        onValueChange={setName}
        error={create.isError ? (isTaken(create.error) ? t("nameTaken") : t("saveFailed")) : null}
      />
      <fieldset>
        <legend className="mb-1.5 font-medium text-sm">{t("columns.languages")}</legend>
        <div className="grid grid-cols-2 gap-1.5">
          {entry.languages.map(({ language }) => (
            <Checkbox
              key={language}
              label={languageName(language, locale)}
              checked={languages.includes(language)}
              onCheckedChange={(isOn) =>
                setLanguages((chosen) =>
                  isOn === true ? [...chosen, language] : chosen.filter((one) => one !== language),
                )
              }
            />
          ))}
        </div>
      </fieldset>
      <Button
        type="submit"
        variant="primary"
        className="w-full"
        disabled={name === "" || languages.length === 0}
        isBusy={create.isPending || create.isSuccess}
      >
        {t("gallery.use")}
      </Button>
    </form>
  );
}
