"use client";

import { Check, ChevronRight, type LucideIcon } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

export const DropdownMenu = Radix.Root;
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

const item =
  "relative flex min-h-8 cursor-pointer select-none items-center gap-2.5 rounded-sm px-2 py-1 text-ink text-sm outline-none data-disabled:pointer-events-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

export function DropdownMenuContent({ className, align = "end", ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          "floating z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-rise-in overflow-y-auto rounded-md border border-border bg-raised p-1",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}

type ItemProps = ComponentProps<typeof Radix.Item> & { icon?: LucideIcon; isDanger?: boolean; shortcut?: ReactNode };

export function DropdownMenuItem({ icon: Icon, isDanger, shortcut, className, children, asChild, ...rest }: ItemProps) {
  if (asChild) {
    return (
      <Radix.Item asChild className={cn(item, className)} {...rest}>
        {children}
      </Radix.Item>
    );
  }
  return (
    <Radix.Item className={cn(item, isDanger && "text-danger data-highlighted:bg-danger-tint", className)} {...rest}>
      {Icon ? <Icon aria-hidden className={isDanger ? "" : "text-secondary"} /> : null}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut ? <span className="text-tertiary text-xs">{shortcut}</span> : null}
    </Radix.Item>
  );
}

export function DropdownMenuRadioItem({ children, className, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(item, "pr-8", className)} {...rest}>
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="text-accent" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-2 pt-1.5 pb-1 text-secondary text-xs", className)} {...rest} />;
}

type SubProps = { icon?: LucideIcon; label: ReactNode; children: ReactNode };

/** A line that opens a menu of its own beside it. */
export function DropdownMenuSub({ icon: Icon, label, children }: SubProps) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={cn(item, "data-[state=open]:bg-hover")}>
        {Icon ? <Icon aria-hidden className="text-secondary" /> : null}
        <span className="min-w-0 flex-1">{label}</span>
        <ChevronRight aria-hidden className="text-tertiary" />
      </Radix.SubTrigger>
      <Radix.Portal>
        <Radix.SubContent
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 max-h-80 min-w-44 animate-rise-in overflow-y-auto rounded-md border border-border bg-raised p-1"
        >
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}

export function DropdownMenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-border" />;
}
