"use client";

import { useTranslations } from "use-intl";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { Input } from "#components/ui/input.tsx";
import type { DraftButton } from "#flow/lint-template.ts";
import { productsVariables } from "#flow/template.ts";
import { templateLimits } from "#flow/template-limits.ts";
import { setCallMinutes, setSample, setScreen, setTarget, setThumbnail } from "./draft-edits.ts";
import { FieldFindings } from "./field-findings.tsx";
import { OrderFields } from "./order-fields.tsx";
import { SampleInput } from "./sample-input.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type ButtonTargetProps = {
  button: DraftButton;
  language: string;
  samples: Record<string, string>;
  change: TemplateDraftStore["change"];
  /** What is wrong with the sample of a coupon. */
  sampleFindings: LocalFinding[];
  isLocked: boolean;
  isSetLocked: boolean;
};

/** Where a button leads: words, or the field to say it in. */
export function ButtonTarget({
  button,
  language,
  samples,
  sampleFindings,
  change,
  isLocked,
  isSetLocked,
}: ButtonTargetProps) {
  const t = useTranslations("templates.editor");
  const frame = { isDense: true, readOnly: isLocked };
  const aim = (target: string) => change(setTarget(language, button.id, target));
  switch (button.kind) {
    case "url":
      return (
        <>
          <Input
            {...frame}
            aria-label={t("address")}
            maxLength={2000}
            inputMode="url"
            value={button.url}
            onChange={(event) => aim(event.target.value)}
          />
          <p className="mt-1 text-secondary text-xs">{t("addressHelp", { example: "{{loan_id}}" })}</p>
        </>
      );
    case "phone":
      return (
        <Input
          {...frame}
          aria-label={t("phoneNumber")}
          maxLength={40}
          inputMode="tel"
          value={button.phone}
          onChange={(event) => aim(event.target.value)}
        />
      );
    case "form":
      return (
        <div className="space-y-1">
          <div className="grid grid-cols-2 gap-1.5">
            <Input
              {...frame}
              aria-label={t("formName")}
              placeholder={t("formName")}
              maxLength={200}
              value={button.form}
              onChange={(event) => aim(event.target.value)}
            />
            <Input
              {...frame}
              readOnly={isSetLocked}
              aria-label={t("formScreen")}
              placeholder={t("formScreen")}
              maxLength={100}
              value={button.screen ?? ""}
              onChange={(event) => change(setScreen(button.id, event.target.value))}
            />
          </div>
          <p className="text-secondary text-xs">{t("formHelp", { example: "enrollment.form.…" })}</p>
        </div>
      );
    case "coupon":
      return (
        <>
          <Input
            {...frame}
            id="sample-coupon"
            aria-label={t("couponSample")}
            placeholder={t("couponSample")}
            maxLength={60}
            value={samples.coupon ?? ""}
            onChange={(event) => change(setSample("coupon", event.target.value))}
          />
          <p className="mt-1 text-secondary text-xs">{t("leads.coupon")}</p>
          <FieldFindings findings={sampleFindings} />
        </>
      );
    case "catalogue":
      return (
        <div className="space-y-1">
          <Input
            {...frame}
            readOnly={isSetLocked}
            aria-label={t("thumbnail")}
            placeholder={t("thumbnail")}
            maxLength={100}
            value={button.thumbnail ?? ""}
            onChange={(event) => change(setThumbnail(button.id, event.target.value.trim()))}
          />
          <p className="text-secondary text-xs">{t("leads.catalogue")}</p>
        </div>
      );
    case "voice-call":
      return (
        <div className="space-y-1">
          <span className="flex items-center gap-2 text-sm">
            {t("callDays")}
            <Input
              {...frame}
              aria-label={t("callDaysLabel")}
              className="w-16"
              type="number"
              readOnly={isSetLocked}
              min={1}
              max={templateLimits.voiceCallMinutes / dayMinutes}
              value={button.minutes / dayMinutes}
              onChange={(event) =>
                change(setCallMinutes(button.id, Math.round(Number(event.target.value) * dayMinutes)))
              }
            />
            {t("days")}
          </span>
          <p className="text-secondary text-xs">{t("leads.voice-call")}</p>
        </div>
      );
    case "order":
      return <OrderFields {...{ button, samples, change, isLocked, isSetLocked }} />;
    case "products":
      return <ProductSamples {...{ samples, change, isLocked }} />;
    default:
      return <p className="text-secondary text-xs">{t(`leads.${button.kind}`)}</p>;
  }
}

const dayMinutes = 1440;

/** What the step will bring: the list of products and the one whose picture is shown, with a sample of each for the preview. */
function ProductSamples({ samples, change, isLocked }: Pick<ButtonTargetProps, "samples" | "change" | "isLocked">) {
  const t = useTranslations("templates.editor");
  const [thumbnail, list] = productsVariables;
  return (
    <div className="space-y-1">
      {[list, thumbnail].map((variable) => (
        <SampleInput
          key={variable}
          {...{ variable, samples, isLocked }}
          label={t(variable === list ? "samplesOf.products" : "samplesOf.thumbnail")}
          maxLength={1000}
          onSample={(sample) => change(setSample(variable, sample))}
        />
      ))}
      <p className="text-secondary text-xs">{t("productsHelp", { example: t("productsExample") })}</p>
    </div>
  );
}
