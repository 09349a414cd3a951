import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { offerEnd } from "#flow/template.ts";
import { setOffer } from "./card-edits.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type OfferFieldsProps = {
  header: DraftContent["header"] & { kind: "offer" };
  language: string;
  samples: Record<string, string>;
  isWrong: boolean;
  isLocked: boolean;
  isSetLocked: boolean;
  onText: (text: string) => void;
  onSample: (variable: string, sample: string) => void;
  change: TemplateDraftStore["change"];
};

/** A limited-time offer: its line, whether it ends, and what is shown above it. */
export function OfferFields(props: OfferFieldsProps) {
  const { header, language, samples, isWrong, isLocked, isSetLocked, onText, onSample, change } = props;
  const t = useTranslations("templates.editor");
  const { media, hasEnd } = header;
  return (
    <div className="space-y-3">
      <Input
        id={`header-${language}`}
        aria-label={t("offer.text")}
        aria-invalid={isWrong || undefined}
        placeholder={t("offer.text")}
        maxLength={200}
        readOnly={isLocked}
        value={header.text}
        onChange={(event) => onText(event.target.value)}
      />
      <div className="space-y-1">
        <Switch
          label={t("offer.hasEnd")}
          checked={hasEnd}
          disabled={isSetLocked}
          onCheckedChange={(isOn) => change(setOffer({ hasEnd: isOn }))}
        />
        {hasEnd ? (
          <div className="space-y-1 pl-9">
            <Input
              isDense
              type="datetime-local"
              className="w-56"
              id={`sample-${offerEnd}`}
              aria-label={t("offer.endSample")}
              readOnly={isLocked}
              value={samples[offerEnd] ?? ""}
              onChange={(event) => onSample(offerEnd, event.target.value)}
            />
            <p className="text-secondary text-xs">{t("offer.endHelp", { variable: offerEnd })}</p>
          </div>
        ) : null}
      </div>
      <div className="space-y-1.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="text-sm">{t("offer.media")}</span>
          <Segmented
            isDense
            aria-label={t("offer.media")}
            isDisabled={isSetLocked}
            value={media ?? "none"}
            onValueChange={(next) => change(setOffer({ media: next === "none" ? null : next }))}
            options={(["none", "image", "video"] as const).map((value) => ({ value, label: t(`headers.${value}`) }))}
          />
        </div>
        {media ? (
          <Input
            isDense
            aria-label={t("mediaSample")}
            placeholder={t("mediaSample")}
            inputMode="url"
            maxLength={2000}
            readOnly={isLocked}
            value={samples[media] ?? ""}
            onChange={(event) => onSample(media, event.target.value)}
          />
        ) : null}
      </div>
      <p className="text-secondary text-xs">{t("offer.help")}</p>
    </div>
  );
}
