"use client";

import { Clock, Contact, History, Route, ShieldCheck, Zap } from "lucide-react";
import { useTranslations } from "use-intl";
import { Combobox } from "#components/ui/combobox.tsx";
import { RulePath } from "#flow/rule.ts";
import { shownValue } from "./typed-value.ts";
import type { FieldSource, RuleField } from "./value-kind.ts";

export const sourceIcons = {
  contact: Contact,
  event: Zap,
  enrollment: Route,
  time: Clock,
  consent: ShieldCheck,
  past: History,
} as const satisfies Record<FieldSource, unknown>;

type FieldPickerProps = {
  fields: readonly RuleField[];
  /** The path that is picked, "" for none. */
  value: string;
  onChange: (path: string) => void;
  label: string;
  id?: string;
  isInvalid?: boolean;
  isDense?: boolean;
  className?: string;
};

/** Picks a value of the person, the event or the way so far, with a sample beside each; one that nobody has met yet can be declared. */
export function FieldPicker({ fields, value, onChange, label, isInvalid, ...rest }: FieldPickerProps) {
  const t = useTranslations("ruleBuilder.fields");
  const options = fields.map((field) => {
    const Icon = sourceIcons[field.source];
    return {
      value: field.path,
      label: field.label,
      closedLabel: field.shortLabel,
      keywords: [field.path],
      hint: shownValue(field.sample, field) || undefined,
      icon: <Icon aria-hidden className="size-4 shrink-0 text-secondary" />,
    };
  });
  return (
    <Combobox
      {...rest}
      options={options}
      value={value || null}
      onValueChange={(typed) => onChange(fields.some(({ path }) => path === typed) ? typed : asPath(typed))}
      placeholder={t("pick")}
      searchPlaceholder={t("search")}
      emptyText={t("none")}
      createLabel={(typed) => t("use", { path: asPath(typed) })}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
    />
  );
}

/** "score" is taken as the person's: that is where a fact nobody has met yet is most likely meant to be. */
export function asPath(typed: string): string {
  const text = typed.trim().replaceAll(/\s+/g, "_");
  return RulePath.safeParse(text).success ? text : `contact.${text}`;
}
