"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { controlClasses } from "./input.tsx";

export type SelectOption = { value: string; label: ReactNode; hint?: ReactNode; isDisabled?: boolean };

type SelectProps = {
  options: SelectOption[];
  value: string | undefined;
  onValueChange: (value: string) => void;
  placeholder?: string;
  isDense?: boolean;
  disabled?: boolean;
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
};

/** One of a few. For more than about fifteen choices use Combobox, which searches. */
export function Select({
  options,
  value,
  onValueChange,
  placeholder,
  isDense,
  className,
  disabled,
  ...rest
}: SelectProps) {
  return (
    <Radix.Root value={value ?? ""} onValueChange={onValueChange} disabled={disabled}>
      <Radix.Trigger
        className={cn(
          controlClasses,
          "flex items-center justify-between gap-2 text-left data-placeholder:text-tertiary [&>span]:truncate",
          isDense ? "h-7" : "h-8",
          className,
        )}
        {...rest}
      >
        <Radix.Value placeholder={placeholder} />
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-tertiary" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 max-h-80 min-w-(--radix-select-trigger-width) animate-rise-in overflow-hidden rounded-md border border-border bg-raised p-1"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.isDisabled}
                className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-ink text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint ? <span className="block text-secondary text-xs">{option.hint}</span> : null}
                </span>
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
