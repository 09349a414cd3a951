"use client";

import { Clock, Contact, Route, Zap } from "lucide-react";
import { useTranslations } from "use-intl";
import { Combobox } from "#components/ui/combobox.tsx";
import { RulePath, type RuleSource } from "#flow/rule.ts";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";
import { useKnownPaths } from "./use-known-paths.ts";

export const sourceIcons = { contact: Contact, event: Zap, enrollment: Route, time: Clock } as const satisfies Record<
  RuleSource,
  unknown
>;

type PathPickerProps = {
  value: string;
  onChange: (path: string) => void;
  label: string;
  id?: string;
  isInvalid?: boolean;
  isDense?: boolean;
};

/** Picks a value of the person, the event or the way so far, with a sample beside each; a path nobody has met yet can be typed. */
export function PathPicker({ value, onChange, label, id, isInvalid, isDense }: PathPickerProps) {
  const t = useTranslations("flowEditor.paths");
  const { known, nameOf, sampleOf } = useKnownPaths();
  const options = known.map(({ path, source }) => {
    const Icon = sourceIcons[source];
    return {
      value: path,
      label: nameOf(path),
      hint: sampleOf(path) || undefined,
      icon: <Icon aria-hidden className="size-4 shrink-0 text-secondary" />,
    };
  });
  return (
    <Combobox
      id={id}
      isDense={isDense}
      options={options}
      value={value || null}
      onValueChange={(typed) => onChange(asPath(typed))}
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
function asPath(typed: string): string {
  const text = typed.trim().replaceAll(/\s+/g, "_");
  return RulePath.safeParse(text).success ? text : `contact.${text}`;
}

export function PathField({ id, label, value, isInvalid, onChange }: FieldProps) {
  return <PathPicker id={id} label={label} value={textOf(value)} isInvalid={isInvalid} onChange={onChange} />;
}
