"use client";

import { Popover as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
  align?: ComponentProps<typeof Radix.Content>["align"];
  side?: ComponentProps<typeof Radix.Content>["side"];
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  className?: string;
};

/** A small panel beside its button, which names it; Esc and a click outside close it. */
export function Popover({
  trigger,
  children,
  align = "start",
  side = "bottom",
  open,
  onOpenChange,
  className,
}: PopoverProps) {
  const triggerId = useId();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild id={triggerId}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-labelledby={triggerId}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "floating z-50 w-72 animate-rise-in rounded-lg border border-border bg-raised p-3 text-sm",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
