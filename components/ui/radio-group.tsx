"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

type RadioGroupProps = {
  options: { value: string; label: ReactNode; help?: ReactNode; isDisabled?: boolean }[];
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
};

export function RadioGroup({ options, className, ...rest }: RadioGroupProps) {
  const groupId = useId();
  return (
    <Radix.Root className={cn("space-y-2", className)} {...rest}>
      {options.map((option) => {
        const id = `${groupId}-${option.value}`;
        return (
          <div key={option.value} className="flex items-start gap-2.5">
            <span className="flex h-5 items-center">
              <Radix.Item
                id={id}
                value={option.value}
                disabled={option.isDisabled}
                className="relative grid size-4 place-items-center rounded-full border border-border-strong bg-surface after:absolute after:-inset-1 hover:border-accent disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
              >
                <Radix.Indicator className="size-1.5 rounded-full bg-on-accent" />
              </Radix.Item>
            </span>
            <label htmlFor={id} className="cursor-pointer text-sm leading-5">
              {option.label}
              {option.help ? <span className="block text-secondary text-xs">{option.help}</span> : null}
            </label>
          </div>
        );
      })}
    </Radix.Root>
  );
}
