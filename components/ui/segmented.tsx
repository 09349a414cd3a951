"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type SegmentedProps<Value extends string> = {
  options: { value: Value; label: ReactNode; title?: string; count?: ReactNode }[];
  value: Value;
  onValueChange: (value: Value) => void;
  "aria-label": string;
  isDense?: boolean;
  isDisabled?: boolean;
  className?: string;
};

/** A few views of the same thing side by side; exactly one is on. */
export function Segmented<Value extends string>({
  options,
  value,
  onValueChange,
  isDense,
  isDisabled,
  className,
  ...rest
}: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      disabled={isDisabled}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange(option.value);
      }}
      className={cn(
        "inline-flex items-center gap-0.5 rounded-md border border-border bg-sunken p-0.5",
        isDisabled && "opacity-60",
        className,
      )}
      {...rest}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.title}
          title={option.title}
          className={cn(
            "inline-flex flex-1 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 font-medium text-secondary text-sm transition-colors enabled:hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--border)] dark:data-[state=on]:bg-border [&_svg]:size-4",
            isDense ? "h-6" : "h-6.5",
          )}
        >
          {option.label}
          {option.count === undefined ? null : (
            <span className="tabular font-normal text-tertiary">{option.count}</span>
          )}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
