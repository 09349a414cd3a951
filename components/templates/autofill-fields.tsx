import { Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Counter } from "#components/marked-text/counter.tsx";
import { findingsAt, type LocalFinding } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { inOrder } from "#components/ui/in-order.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { templateLimits } from "#flow/template-limits.ts";
import { optionsOf, setAutofillText, setCode } from "./draft-edits.ts";
import { FieldFindings } from "./field-findings.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type AutofillFieldsProps = {
  content: DraftContent;
  change: TemplateDraftStore["change"];
  findings: LocalFinding[];
  isLocked: boolean;
  isSetLocked: boolean;
};

const ways = ["copy", "one-tap", "zero-tap"] as const;
const noApp = { packageName: "", signatureHash: "" };

/** How the code gets into the business's own app: by hand, by one tap, or by itself; and which apps those are. */
export function AutofillFields({ content, change, findings, isLocked, isSetLocked }: AutofillFieldsProps) {
  const t = useTranslations("templates.editor.code");
  const { language, buttons } = content;
  const options = optionsOf(content);
  const { autofill } = options;
  const [button] = buttons;
  const text = button?.kind === "one-time-code" ? (button.autofill?.text ?? "") : "";
  const choose = (way: (typeof ways)[number]) => {
    const { autofill: _, ...rest } = options;
    const next = { apps: [noApp], acceptsTerms: false, ...autofill };
    change(setCode(way === "copy" ? rest : { ...rest, autofill: { ...next, kind: way } }));
  };
  return (
    <section className="space-y-3">
      <div className="space-y-1.5">
        <h2 className="font-medium text-sm">{t("way")}</h2>
        <Segmented
          aria-label={t("way")}
          className="flex w-full"
          isDisabled={isSetLocked}
          value={autofill?.kind ?? "copy"}
          onValueChange={choose}
          options={ways.map((value) => ({ value, label: t(`ways.${value}`) }))}
        />
        <p className="text-secondary text-xs">{t(`wayHelp.${autofill?.kind ?? "copy"}`)}</p>
      </div>
      {autofill ? (
        <>
          <div className="space-y-1.5">
            <div className="flex items-baseline justify-between gap-3">
              <label htmlFor={`autofill-${language}`} className="font-medium text-sm">
                {t("autofillButton")}
              </label>
              <Counter length={text.length} limit={templateLimits.buttonText} />
            </div>
            <Input
              id={`autofill-${language}`}
              readOnly={isLocked}
              maxLength={200}
              value={text}
              onChange={(event) => change(setAutofillText(language, event.target.value))}
            />
            <FieldFindings findings={findingsAt(findings, language, "buttons.0.autofill")} />
          </div>
          <Apps
            {...{ findings, language, isSetLocked }}
            apps={autofill.apps}
            onApps={(apps) => change(setCode({ ...options, autofill: { ...autofill, apps } }))}
          />
          {autofill.kind === "zero-tap" ? (
            <div className="space-y-1">
              <Checkbox
                id="zero-tap-terms"
                label={t("terms")}
                help={t("termsHelp")}
                checked={autofill.acceptsTerms}
                disabled={isSetLocked}
                onCheckedChange={(isOn) =>
                  change(setCode({ ...options, autofill: { ...autofill, acceptsTerms: isOn === true } }))
                }
              />
              <FieldFindings findings={findingsAt(findings, language, "buttons.0.terms")} />
            </div>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

type App = { packageName: string; signatureHash: string };
type AppsProps = {
  apps: App[];
  findings: LocalFinding[];
  language: string;
  isSetLocked: boolean;
  onApps: (apps: App[]) => void;
};

function Apps({ apps, findings, language, isSetLocked, onApps }: AppsProps) {
  const t = useTranslations("templates.editor.code");
  const edit = (index: number, part: Partial<App>) =>
    onApps(apps.map((app, at) => (at === index ? { ...app, ...part } : app)));
  return (
    <div className="space-y-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-medium text-sm">{t("apps")}</h3>
        <span className="text-tertiary text-xs">
          {t("appLimit", { count: apps.length, limit: templateLimits.codeApps })}
        </span>
      </div>
      <ul className="space-y-2">
        {inOrder(apps, (app, index) => (
          <li className="space-y-1">
            <div className="grid grid-cols-[minmax(0,1fr)_9rem_1.75rem] items-center gap-1.5">
              <Input
                isDense
                id={`app-${index}`}
                aria-label={t("packageName", { number: index + 1 })}
                placeholder="com.bank.app"
                spellCheck={false}
                className="font-mono"
                maxLength={300}
                readOnly={isSetLocked}
                value={app.packageName}
                onChange={(event) => edit(index, { packageName: event.target.value.trim() })}
              />
              <Input
                isDense
                aria-label={t("signatureHash", { number: index + 1 })}
                placeholder="K8a/AINcGX7"
                spellCheck={false}
                className="font-mono"
                maxLength={100}
                readOnly={isSetLocked}
                value={app.signatureHash}
                onChange={(event) => edit(index, { signatureHash: event.target.value.trim() })}
              />
              {isSetLocked ? null : (
                <IconButton
                  icon={X}
                  size="dense"
                  label={t("removeApp", { number: index + 1 })}
                  disabled={apps.length === 1}
                  onClick={() => onApps(apps.filter((_, at) => at !== index))}
                />
              )}
            </div>
            <FieldFindings findings={findingsAt(findings, language, `buttons.0.apps.${index}`)} />
          </li>
        ))}
      </ul>
      <p className="text-secondary text-xs">{t("appsHelp")}</p>
      <FieldFindings findings={findingsAt(findings, language, "buttons.0.apps")} />
      {isSetLocked || apps.length >= templateLimits.codeApps ? null : (
        <Button size="dense" onClick={() => onApps([...apps, noApp])}>
          <Plus aria-hidden />
          {t("addApp")}
        </Button>
      )}
    </div>
  );
}
