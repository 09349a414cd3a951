"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

type CheckboxProps = ComponentProps<typeof Radix.Root> & { label?: ReactNode; help?: ReactNode };

export function Checkbox({ label, help, className, id, ...rest }: CheckboxProps) {
  const ownId = useId();
  const boxId = id ?? ownId;
  const box = (
    <Radix.Root
      id={boxId}
      className={cn(
        // The square is 16 px; the invisible margin around it makes the 24 px target.
        "relative grid size-4 shrink-0 place-items-center rounded-xs border border-border-strong bg-surface text-on-accent transition-colors after:absolute after:-inset-1 hover:border-accent disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Radix.Indicator>
        {rest.checked === "indeterminate" ? (
          <Minus className="size-3" strokeWidth={3} />
        ) : (
          <Check className="size-3" strokeWidth={3} />
        )}
      </Radix.Indicator>
    </Radix.Root>
  );
  if (!label) return box;
  return (
    <div className="flex items-start gap-2.5">
      <span className="flex h-5 items-center">{box}</span>
      <label htmlFor={boxId} className="cursor-pointer text-sm leading-5">
        {label}
        {help ? <span className="block text-secondary text-xs">{help}</span> : null}
      </label>
    </div>
  );
}
