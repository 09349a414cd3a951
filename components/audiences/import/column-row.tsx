"use client";

import { useTranslations } from "use-intl";
import { Select } from "#components/ui/select.tsx";
import type { Target } from "./import-types.ts";

const targets = [
  ...["phone", "externalId", "firstName", "lastName", "email", "locale", "timezone", "country", "tags"],
  ...["consentSource", "consentWording", "consentAt"],
] as const;

type ColumnRowProps = {
  name: string;
  sample: string;
  target: Target;
  /** What the columns are already: each but "ignore" once. */
  taken: readonly Target[];
  onChange: (target: Target) => void;
};

/** One column: its name and a value of it at the left, what it is at the right. */
export function ColumnRow({ name, sample, target, taken, onChange }: ColumnRowProps) {
  const t = useTranslations("audiences.import.columns");
  const attribute: Target = target.startsWith("attribute:") ? target : `attribute:${asAttribute(name)}`;
  const known = targets
    .filter((one) => one === target || !taken.some((other) => other === one))
    .map((one) => ({ value: one as string, label: t(`targets.${one}`) }));
  const options = [
    { value: "ignore", label: t("targets.ignore") },
    ...known,
    { value: attribute, label: t("attribute", { name: attribute.slice("attribute:".length) }) },
  ];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_190px] items-center gap-3 px-3 py-2">
      <div className="min-w-0">
        <p className="truncate font-mono text-xs">{name}</p>
        <p className="truncate text-secondary text-xs">{sample || t("empty")}</p>
      </div>
      <Select
        isDense
        aria-label={t("what", { name })}
        options={options}
        value={target}
        onValueChange={(next) => onChange(next as Target)}
      />
    </li>
  );
}

const asAttribute = (name: string): string =>
  name
    .trim()
    .replaceAll(/[.\s"]+/g, "_")
    .slice(0, 60) || "column";
