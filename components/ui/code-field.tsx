"use client";

import type { ReactNode } from "react";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

type CodeFieldProps = {
  label: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  /** The cursor stands in it when it appears: it is what the step is about. */
  isFocused?: boolean;
};

/** Takes a one-time code; phones offer digits first and fill it in by themselves where they can. */
export function CodeField({ label, help, error, value, onChange, isFocused }: CodeFieldProps) {
  return (
    <Field label={label} help={help} error={error}>
      <Input
        ref={isFocused ? focus : undefined}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={20}
        className="tabular max-w-48 font-mono tracking-[0.12em]"
      />
    </Field>
  );
}

const focus = (input: HTMLInputElement | null) => input?.focus();
