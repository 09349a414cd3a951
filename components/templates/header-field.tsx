import { useTranslations } from "use-intl";
import { Counter } from "#components/marked-text/counter.tsx";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { placeVariables, productVariables, type TemplateCategory } from "#flow/template.ts";
import { countedLength, templateLimits } from "#flow/template-limits.ts";
import { orderStatusVariables } from "#flow/template-order.ts";
import { leaveForHeader, startCards, startOffer, startOrderStatus } from "./card-edits.ts";
import { startProduct } from "./draft-edits.ts";
import { FieldFindings } from "./field-findings.tsx";
import { OfferFields } from "./offer-fields.tsx";
import { SampleInput } from "./sample-input.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type Header = DraftContent["header"];
type HeaderFieldProps = {
  header: Header;
  category: TemplateCategory;
  language: string;
  samples: Record<string, string>;
  findings: LocalFinding[];
  isLocked: boolean;
  onChange: (header: Header) => void;
  onSample: (variable: string, sample: string) => void;
  change: TemplateDraftStore["change"];
  /** Offers, products and cards are one thing for all languages, fixed as soon as one of them is with the provider. */
  isSetLocked: boolean;
};

const plainKinds = ["none", "text", "image", "video", "document", "location"] as const;
/** What only marketing templates have, in every language alike. */
const marketingKinds = ["offer", "product", "cards"] as const;
/** What only utility templates have, in every language alike. */
const utilityKinds = ["order-status"] as const;
const wideKinds = [...marketingKinds, ...utilityKinds];
type Kind = (typeof plainKinds)[number] | (typeof wideKinds)[number];

/** Nothing, a line of text, a file or a place above the message. */
export function HeaderField(props: HeaderFieldProps) {
  const { header, category, samples, findings, isLocked, isSetLocked, change, onChange } = props;
  const t = useTranslations("templates.editor");
  const isWide = wideKinds.some((kind) => kind === header?.kind);
  const own: readonly Kind[] = category === "marketing" ? marketingKinds : utilityKinds;
  // What the category no longer has stays to be seen, and to be left.
  const left = wideKinds.filter((kind) => kind === header?.kind && !own.includes(kind));
  const kinds: readonly Kind[] = [...plainKinds, ...own, ...left];
  const choose = (next: Kind) => {
    if (next === "offer") return change(startOffer);
    if (next === "product") return change(startProduct);
    if (next === "cards") return change(startCards);
    if (next === "order-status") return change(startOrderStatus);
    return isWide ? change(leaveForHeader(headerOf(next, null))) : onChange(headerOf(next, header));
  };
  return (
    <section className="space-y-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-medium text-sm">{t("header")}</h2>
        {header?.kind === "text" ? (
          <Counter length={countedLength(header.text, samples)} limit={templateLimits.header} />
        ) : header?.kind === "offer" ? (
          <Counter length={header.text.length} limit={templateLimits.offer} />
        ) : (
          <span className="text-tertiary text-xs">{t("optional")}</span>
        )}
      </div>
      <Segmented
        aria-label={t("header")}
        className="flex w-full flex-wrap [&_button]:px-1.5"
        isDisabled={isLocked || (isWide && isSetLocked)}
        value={header?.kind ?? "none"}
        onValueChange={choose}
        options={kinds.map((value) => ({ value, label: t(`headers.${value}`) }))}
      />
      <HeaderDetail {...props} isWrong={findings.some((finding) => finding.severity === "error") || undefined} />
      <FieldFindings findings={findings} />
    </section>
  );
}

function HeaderDetail({
  header,
  language,
  samples,
  isLocked,
  isSetLocked,
  onChange,
  onSample,
  change,
  isWrong,
}: HeaderFieldProps & { isWrong?: boolean }) {
  const t = useTranslations("templates.editor");
  const frame = { id: `header-${language}`, "aria-invalid": isWrong, readOnly: isLocked };
  switch (header?.kind) {
    case undefined:
      return null;
    case "text":
      return (
        <Input
          {...frame}
          aria-label={t("headerText")}
          maxLength={200}
          value={header.text}
          onChange={(event) => onChange({ kind: "text", text: event.target.value })}
        />
      );
    case "document":
      return (
        <Input
          {...frame}
          aria-label={t("fileName")}
          maxLength={120}
          value={header.fileName}
          onChange={(event) => onChange({ kind: "document", fileName: event.target.value })}
        />
      );
    case "image":
    case "video":
      return (
        <div className="space-y-1">
          <Input
            {...frame}
            aria-label={t("mediaSample")}
            placeholder={t("mediaSample")}
            inputMode="url"
            maxLength={2000}
            value={samples[header.kind] ?? ""}
            onChange={(event) => onSample(header.kind, event.target.value)}
          />
          <p className="text-secondary text-xs">{t("mediaHelp")}</p>
        </div>
      );
    case "offer":
      return (
        <OfferFields
          {...{ header, language, samples, isLocked, isSetLocked, onSample, change }}
          isWrong={isWrong === true}
          onText={(text) => onChange({ ...header, text })}
        />
      );
    case "cards":
      return <p className="text-secondary text-xs">{t("cards.help")}</p>;
    case "product":
    case "order-status":
    case "location": {
      const variables = variablesOf[header.kind];
      return (
        <div className="space-y-1">
          <div className="grid grid-cols-2 gap-1.5">
            {variables.map((variable) => (
              <SampleInput
                key={variable}
                {...{ variable, samples, isLocked }}
                label={t(`samplesOf.${sampleKeys[variable]}`)}
                maxLength={200}
                onSample={(sample) => onSample(variable, sample)}
              />
            ))}
          </div>
          <p className="text-secondary text-xs">{t(helpOf[header.kind])}</p>
        </div>
      );
    }
  }
}

const variablesOf = {
  location: placeVariables,
  product: productVariables,
  "order-status": orderStatusVariables,
};
const helpOf = { location: "placeHelp", product: "productHelp", "order-status": "orderStatusHelp" } as const;

const sampleKeys = {
  "location.latitude": "latitude",
  "location.longitude": "longitude",
  "location.name": "name",
  "location.address": "address",
  "product.catalogue": "catalogue",
  "product.id": "product",
  "order.reference": "order",
  "order.status": "orderStatus",
} as const;

function headerOf(kind: (typeof plainKinds)[number], header: Header): Header {
  if (header?.kind === kind) return header;
  switch (kind) {
    case "none":
      return null;
    case "text":
      return { kind, text: "" };
    case "document":
      return { kind, fileName: "document.pdf" };
    default:
      return { kind };
  }
}
