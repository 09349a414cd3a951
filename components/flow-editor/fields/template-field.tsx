"use client";

import { CircleAlert, CircleCheck, CircleX, Clock, Pause, RotateCcw, TriangleAlert } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { contentIn, isBlankAtRisk } from "#components/flow-canvas/template-words.ts";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { languageInSentence, languageName } from "#components/template-words/language-name.ts";
import { cn } from "#components/ui/cn.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { previewMessage } from "#flow/render-message.ts";
import type { TemplateInfo, TemplateStatus } from "#flow/template.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { type LanguageShare, languageShares } from "./language-shares.ts";
import { textOf } from "./list-value.ts";
import { suggestBindings } from "./suggest-bindings.ts";
import { useKnownPaths } from "./use-known-paths.tsx";

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
          hint: `${t(`categories.${template.category}`)} · ${template.languages.map(({ language }) => languageInSentence(language, locale)).join(", ")}`,
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

type StateLook = { tone: keyof typeof stateInks; icon: typeof Clock };

const stateInks = {
  neutral: "text-secondary",
  info: "text-info",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
};

const missingLook: StateLook = { tone: "warning", icon: TriangleAlert };

const statusLooks: Record<TemplateStatus, StateLook> = {
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
  const { workspace } = useSession();
  const people = useEditor((state) => state.catalog.peopleByLanguage);
  const shares = languageShares(template, people ?? {}, workspace.language);
  return (
    <section aria-label={t("languages")}>
      <div className="mb-1.5 flex items-baseline justify-between gap-2">
        <h3 className="font-semibold text-sm tracking-normal">{t("languages")}</h3>
        {people ? <span className="text-secondary text-xs">{t("shareOf")}</span> : null}
      </div>
      <ul className="space-y-1.5">
        {shares.map((one) => (
          <li key={one.language} className="flex items-center gap-2 text-sm">
            <span className="min-w-0 flex-1 truncate" title={languageName(one.language, locale)}>
              {languageName(one.language, locale)}
            </span>
            {one.share === null ? null : <Share share={one.share} />}
            <LanguageState {...one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Share({ share }: { share: number }) {
  const t = useTranslations("flowEditor.template");
  const format = useFormatter();
  return (
    <>
      <Meter share={share} label={t("share")} className="w-11 shrink-0" />
      <span className="tabular w-10 shrink-0 text-right">
        {format.number(share, { style: "percent", maximumFractionDigits: 0 })}
      </span>
    </>
  );
}

/** The state of a language, or what its people get where the template lacks it. */
function LanguageState({ status, instead }: LanguageShare) {
  const t = useTranslations("flowEditor.template");
  const locale = useLocale();
  const look = status ? statusLooks[status] : missingLook;
  const words = status
    ? t(`statuses.${status}`)
    : instead
      ? t("uses", { language: languageInSentence(instead, locale) })
      : t("missing");
  return (
    <span className={cn("flex w-26 shrink-0 items-center gap-1 truncate", stateInks[look.tone])} title={words}>
      <look.icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{words}</span>
    </span>
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
