"use client";

import { Switch as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

type SwitchProps = ComponentProps<typeof Radix.Root> & { label?: ReactNode };

/** On or off at once. For something that is only saved later, use Checkbox. */
export function Switch({ label, className, id, ...rest }: SwitchProps) {
  const ownId = useId();
  const switchId = id ?? ownId;
  const toggle = (
    <Radix.Root
      id={switchId}
      className={cn(
        "relative h-4 w-7 shrink-0 rounded-full bg-tertiary/70 transition-colors after:absolute after:-inset-1 disabled:opacity-50 data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3.5" />
    </Radix.Root>
  );
  if (!label) return toggle;
  return (
    <span className="inline-flex min-h-6 items-center gap-2">
      {toggle}
      <label htmlFor={switchId} className="cursor-pointer text-sm">
        {label}
      </label>
    </span>
  );
}
