"use client";

import { CircleAlert, CircleCheck, CircleX, Clock, Pause, RotateCcw } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { contentIn, isBlankAtRisk, languageName } from "#components/flow-canvas/template-words.ts";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { Chip, type Tone } from "#components/ui/chip.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { previewMessage } from "#flow/render-message.ts";
import type { TemplateInfo, TemplateStatus } from "#flow/template.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";
import { suggestBindings } from "./suggest-bindings.ts";
import { useKnownPaths } from "./use-known-paths.ts";

/** Picks a template; choosing one fills the blanks that can be told from their names. */
export function TemplateField({ id, label, value, data, isInvalid, onChangeData }: FieldProps) {
  const t = useTranslations("flowEditor.template");
  const locale = useLocale();
  const templates = useEditor((state) => state.catalog.templates);
  const { known } = useKnownPaths();
  const chosen = templates.find((template) => template.name === value);
  const choose = (name: string) => {
    const template = templates.find((candidate) => candidate.name === name);
    onChangeData({ template: name, values: template ? suggestBindings(template, known, data.values) : {} });
  };
  return (
    <div className="space-y-3">
      <Combobox
        id={id}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        options={templates.map((template) => ({
          value: template.name,
          label: template.name,
          hint: `${t(`categories.${template.category}`)} · ${template.languages.map(({ language }) => languageName(language, locale)).join(", ")}`,
        }))}
        value={textOf(value) || null}
        onValueChange={choose}
        placeholder={t("pick")}
        searchPlaceholder={t("search")}
        emptyText={t("none")}
      />
      {chosen ? (
        <>
          <Languages template={chosen} />
          <Preview template={chosen} values={data.values} />
        </>
      ) : null}
    </div>
  );
}

const statusLooks: Record<TemplateStatus, { tone: Tone; icon: typeof Clock }> = {
  draft: { tone: "neutral", icon: Clock },
  "in-review": { tone: "info", icon: Clock },
  "changes-requested": { tone: "warning", icon: RotateCcw },
  declined: { tone: "danger", icon: CircleX },
  submitted: { tone: "info", icon: Clock },
  approved: { tone: "success", icon: CircleCheck },
  rejected: { tone: "danger", icon: CircleAlert },
  paused: { tone: "warning", icon: Pause },
  disabled: { tone: "danger", icon: CircleAlert },
};

function Languages({ template }: { template: TemplateInfo }) {
  const t = useTranslations("flowEditor.template");
  const locale = useLocale();
  return (
    <ul className="space-y-1" aria-label={t("languages")}>
      {template.languages.map(({ language, status }) => (
        <li key={language} className="flex items-center justify-between gap-2 text-sm">
          <span className="truncate first-letter:uppercase">{languageName(language, locale)}</span>
          <Chip tone={statusLooks[status].tone} icon={statusLooks[status].icon}>
            {t(`statuses.${status}`)}
          </Chip>
        </li>
      ))}
    </ul>
  );
}

function Preview({ template, values }: { template: TemplateInfo; values: unknown }) {
  const t = useTranslations("flowEditor.template");
  const content = contentIn(template, useLocale());
  if (!content) return null;
  return (
    <figure aria-label={t("preview")} className="rounded-md bg-wa-chat p-2.5">
      <WhatsAppMessage
        isDense
        message={previewMessage(content, template.samples)}
        from="business"
        className="max-w-full"
        blankOf={(name) => ({ name, value: template.samples[name] ?? null, isMissing: isBlankAtRisk(values, name) })}
      />
    </figure>
  );
}
