"use client";

import { useTranslations } from "use-intl";
import { Counter } from "#components/marked-text/counter.tsx";
import { findingsAt, type LocalFinding } from "#components/template-words/use-findings.ts";
import { Input } from "#components/ui/input.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { templateLimits } from "#flow/template-limits.ts";
import { AutofillFields } from "./autofill-fields.tsx";
import { optionsOf, setButtonText, setCode } from "./draft-edits.ts";
import { FieldFindings } from "./field-findings.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type CodeFormProps = {
  content: DraftContent;
  change: TemplateDraftStore["change"];
  findings: LocalFinding[];
  isLocked: boolean;
  /** The options hold for all languages, and are fixed as soon as one of them is with WhatsApp. */
  isSetLocked: boolean;
};

/** An authentication template: WhatsApp writes the words, one chooses what they say beside the code. */
export function CodeForm({ content, change, findings, isLocked, isSetLocked }: CodeFormProps) {
  const t = useTranslations("templates.editor.code");
  const { language } = content;
  const options = optionsOf(content);
  const [button] = content.buttons;
  return (
    <section className="space-y-5">
      <p className="rounded-md border border-border bg-sunken px-3 py-2.5 text-secondary text-sm">{t("presetHelp")}</p>
      <dl className="space-y-1.5 text-sm" lang={language.replace("_", "-")}>
        <dt className="sr-only">{t("text")}</dt>
        <dd className="whitespace-pre-wrap">{content.body.replaceAll("*", "").replace("{{code}}", "123456")}</dd>
        {content.footer ? <dd className="text-secondary text-xs">{content.footer}</dd> : null}
      </dl>
      <div className="space-y-1">
        <Switch
          label={t("advice")}
          checked={options.advisesSecrecy}
          disabled={isSetLocked}
          onCheckedChange={(advisesSecrecy) => change(setCode({ ...options, advisesSecrecy }))}
        />
        <p className="pl-9 text-secondary text-xs">{t("adviceHelp")}</p>
      </div>
      <div className="space-y-1">
        <Switch
          label={t("expiry")}
          checked={options.minutes !== null}
          disabled={isSetLocked}
          onCheckedChange={(isOn) => change(setCode({ ...options, minutes: isOn ? 10 : null }))}
        />
        {options.minutes === null ? null : (
          <div className="flex items-center gap-2 pl-9 text-sm">
            <Input
              isDense
              type="number"
              min={1}
              max={templateLimits.codeMinutes}
              className="w-20"
              aria-label={t("minutes")}
              readOnly={isSetLocked}
              value={options.minutes}
              onChange={(event) =>
                change(setCode({ ...options, minutes: Math.trunc(event.target.valueAsNumber) || 0 }))
              }
            />
            {t("minutes")}
          </div>
        )}
        <FieldFindings
          findings={findingsAt(findings, language, "buttons.0").filter(({ rule }) => rule === "code-minutes")}
        />
      </div>
      <AutofillFields {...{ content, change, findings, isLocked, isSetLocked }} />
      <div className="space-y-1.5">
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={`button-${language}-0`} className="font-medium text-sm">
            {t("button")}
          </label>
          <Counter length={button?.text.length ?? 0} limit={templateLimits.buttonText} />
        </div>
        <Input
          id={`button-${language}-0`}
          readOnly={isLocked}
          maxLength={200}
          value={button?.text ?? ""}
          onChange={(event) => button && change(setButtonText(language, button.id, event.target.value))}
        />
        <FieldFindings
          findings={findingsAt(findings, language, "buttons.0").filter(({ rule }) => rule !== "code-minutes")}
        />
        <FieldFindings findings={findingsAt(findings, language, "buttons")} />
      </div>
    </section>
  );
}
