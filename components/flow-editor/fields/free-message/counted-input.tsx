"use client";

import { Counter } from "#components/marked-text/counter.tsx";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";

type CountedInputProps = {
  label: string;
  value: string;
  limit: number;
  onChange: (text: string) => void;
  lang?: string;
  placeholder?: string;
  isWrong?: boolean;
  className?: string;
  id?: string;
};

/** One line that counts against its limit; nobody is stopped from typing on. */
export function CountedInput({
  label,
  value,
  limit,
  onChange,
  lang,
  placeholder,
  isWrong,
  className,
  id,
}: CountedInputProps) {
  return (
    <div className={cn("relative min-w-0", className)}>
      <Input
        id={id}
        isDense
        lang={lang}
        aria-label={label}
        aria-invalid={isWrong || value.length > limit || undefined}
        placeholder={placeholder ?? label}
        value={value}
        maxLength={200}
        className="pr-13"
        onChange={(event) => onChange(event.target.value)}
      />
      <Counter length={value.length} limit={limit} className="absolute top-1.5 right-2" />
    </div>
  );
}
