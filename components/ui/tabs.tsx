"use client";

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

/** Tabs choose what the list below them shows. They own no panels: the list stays where it is and changes. */
export const Tabs = Radix.Root;

/** A row of underlined tabs on a hairline; scrolls sideways where it does not fit. */
export function TabsList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn("flex gap-5 overflow-x-auto border-border border-b", className)} {...rest} />;
}

type TabProps = ComponentProps<typeof Radix.Trigger> & { count?: ReactNode };

export function Tab({ count, className, children, ...rest }: TabProps) {
  return (
    <Radix.Trigger
      // Without panels there is nothing to point at, and a dangling reference is worse than none.
      aria-controls={undefined}
      className={cn(
        "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 font-medium text-secondary text-sm hover:text-ink focus-visible:outline-offset-[-2px] data-[state=active]:border-accent data-[state=active]:text-ink",
        className,
      )}
      {...rest}
    >
      {children}
      {count === undefined ? null : <span className="tabular font-normal text-tertiary">{count}</span>}
    </Radix.Trigger>
  );
}
