import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import type { DraftButton } from "#flow/lint-template.ts";
import {
  type OrderCurrency,
  orderCurrencies,
  orderLinesVariable,
  orderReference,
  orderVariables,
  type PayBy,
  pixKeyTypes,
  waysToPay,
} from "#flow/template-order.ts";
import { setOrder, setSample } from "./draft-edits.ts";
import { SampleInput } from "./sample-input.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type OrderButton = DraftButton & { kind: "order" };
type OrderFieldsProps = {
  button: OrderButton;
  samples: Record<string, string>;
  change: TemplateDraftStore["change"];
  isLocked: boolean;
  /** What an order is paid by is one thing for all languages, fixed as soon as one of them is with the provider. */
  isSetLocked: boolean;
};

/** In which currency an order is paid and by what, and a sample of what the step will bring. */
export function OrderFields({ button, samples, change, isLocked, isSetLocked }: OrderFieldsProps) {
  const t = useTranslations("templates.editor.order");
  const { id, currency, payBy } = button;
  const payIn = (next: OrderCurrency) =>
    change(setOrder(id, { currency: next, payBy: waysToPay[next].includes(payBy.kind) ? payBy : { kind: "link" } }));
  return (
    <div className="space-y-1.5">
      <div className="flex items-center gap-1.5">
        <Segmented
          isDense
          aria-label={t("currency")}
          isDisabled={isSetLocked}
          value={currency}
          onValueChange={payIn}
          options={orderCurrencies.map((value) => ({ value, label: value }))}
        />
        <Select
          isDense
          aria-label={t("payBy")}
          className="min-w-0 flex-1"
          disabled={isSetLocked}
          value={payBy.kind}
          onValueChange={(next) => {
            const kind = waysToPay[currency].find((way) => way === next);
            if (kind) change(setOrder(id, { currency, payBy: emptyWay(kind) }));
          }}
          options={waysToPay[currency].map((value) => ({ value, label: t(`ways.${value}`) }))}
        />
      </div>
      <PayeeFields
        payBy={payBy}
        isLocked={isSetLocked}
        onChange={(next) => change(setOrder(id, { currency, payBy: next }))}
      />
      {orderVariables(payBy).map((variable) => (
        <SampleInput
          key={variable}
          {...{ variable, samples, isLocked }}
          label={t(`samples.${sampleKeys[variable] ?? "link"}`)}
          maxLength={1000}
          onSample={(sample) => change(setSample(variable, sample))}
        />
      ))}
      <p className="text-secondary text-xs">{t("help", { example: t("example") })}</p>
    </div>
  );
}

const sampleKeys: Record<string, "reference" | "lines" | "link" | "pix" | "boleto"> = {
  [orderReference]: "reference",
  [orderLinesVariable]: "lines",
  "order.link": "link",
  "order.pix": "pix",
  "order.boleto": "boleto",
};

function emptyWay(kind: PayBy["kind"]): PayBy {
  switch (kind) {
    case "configuration":
      return { kind, name: "" };
    case "pix":
      return { kind, merchant: "", key: "", keyType: "EVP" };
    default:
      return { kind };
  }
}

type PayeeFieldsProps = { payBy: PayBy; isLocked: boolean; onChange: (payBy: PayBy) => void };

/** Who is paid, where the way to pay asks for it. */
function PayeeFields({ payBy, isLocked, onChange }: PayeeFieldsProps) {
  const t = useTranslations("templates.editor.order");
  const frame = (label: string) => ({ isDense: true, readOnly: isLocked, "aria-label": label, placeholder: label });
  if (payBy.kind === "configuration")
    return (
      <Input
        {...frame(t("configuration"))}
        maxLength={60}
        value={payBy.name}
        onChange={(event) => onChange({ ...payBy, name: event.target.value })}
      />
    );
  if (payBy.kind !== "pix") return null;
  return (
    <div className="space-y-1.5">
      <Input
        {...frame(t("merchant"))}
        maxLength={60}
        value={payBy.merchant}
        onChange={(event) => onChange({ ...payBy, merchant: event.target.value })}
      />
      <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-1.5">
        <Select
          isDense
          aria-label={t("keyType")}
          disabled={isLocked}
          value={payBy.keyType}
          onValueChange={(next) =>
            onChange({ ...payBy, keyType: pixKeyTypes.find((type) => type === next) ?? payBy.keyType })
          }
          options={pixKeyTypes.map((value) => ({ value, label: t(`keyTypes.${value}`) }))}
        />
        <Input
          {...frame(t("key"))}
          maxLength={100}
          value={payBy.key}
          onChange={(event) => onChange({ ...payBy, key: event.target.value })}
        />
      </div>
    </div>
  );
}
