"use client";

import Link from "next/link";
import { Combobox } from "#components/ui/combobox.tsx";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";

type LinkedChoiceProps = {
  field: FieldProps;
  choices: readonly { id: string; name: string }[];
  words: { placeholder: string; searchPlaceholder: string; emptyText: string };
  /** Null: there is nowhere to go yet. */
  link: { href: string; text: string } | null;
};

/** One of the workspace's own things by its name, and the way to it. */
export function LinkedChoice({ field, choices, words, link }: LinkedChoiceProps) {
  const { id, label, value, isInvalid, onChange } = field;
  return (
    <div className="space-y-1.5">
      <Combobox
        id={id}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        options={choices.map((choice) => ({ value: choice.id, label: choice.name }))}
        value={textOf(value) || null}
        onValueChange={onChange}
        {...words}
      />
      {link ? (
        <Link href={link.href} className="inline-block text-accent text-xs underline-offset-2 hover:underline">
          {link.text}
        </Link>
      ) : null}
    </div>
  );
}
