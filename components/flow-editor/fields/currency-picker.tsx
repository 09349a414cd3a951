"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { sourceIcons } from "#components/rule-builder/field-picker.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import type { Formatter } from "#flow/binding.ts";
import { useKnownPaths } from "./use-known-paths.tsx";

type Money = Extract<Formatter, { kind: "money" }>;

type CurrencyPickerProps = {
  format: Pick<Money, "currency" | "currencyPath">;
  onChange: (format: Money) => void;
  label: string;
  /** The event that brings the amount, where that is not the one that starts the flow. */
  eventName?: string;
};

/** The currency of an amount: one that comes with the data, or the same for everybody, the workspace's own first. */
export function CurrencyPicker({ format, onChange, label, eventName, ...rest }: CurrencyPickerProps) {
  const t = useTranslations("flowEditor.bindings");
  const { fields } = useKnownPaths(eventName);
  const currencies = useCurrencies();
  const paths = fields.filter(({ path }) => /\.(currency|devise)$/i.test(path));
  const chosen = format.currency ?? format.currencyPath ?? null;
  return (
    <Combobox
      {...rest}
      aria-label={label}
      options={[
        ...paths.map(({ path, source, label: name, sample }) => {
          const Icon = sourceIcons[source];
          return {
            value: path,
            label: name,
            hint: typeof sample === "string" ? sample : undefined,
            icon: <Icon aria-hidden className="size-4 shrink-0 text-secondary" />,
          };
        }),
        ...currencies.map(({ code, name }) => ({ value: code, label: `${code} · ${name}`, keywords: [name] })),
      ]}
      value={chosen}
      onValueChange={(next) =>
        onChange(next.includes(".") ? { kind: "money", currencyPath: next } : { kind: "money", currency: next })
      }
      placeholder={t("pickCurrency")}
      searchPlaceholder={t("searchCurrency")}
      emptyText={t("noCurrency")}
    />
  );
}

/** Every currency with its name in the person's language: the workspace's first, the rest by name. */
function useCurrencies() {
  const locale = useLocale();
  const { workspace } = useSession();
  return useMemo(() => {
    const names = new Intl.DisplayNames([locale], { type: "currency" });
    const all = Intl.supportedValuesOf("currency").map((code) => ({ code, name: names.of(code) ?? code }));
    const isOwn = ({ code }: { code: string }) => Number(code === workspace.currency);
    return all.toSorted((a, b) => isOwn(b) - isOwn(a) || a.name.localeCompare(b.name, locale));
  }, [locale, workspace.currency]);
}
