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

type ListTabsProps<Name extends string> = {
  /** Read aloud: what the list is of. */
  label: string;
  names: readonly Name[];
  value: Name;
  onValueChange: (name: Name) => void;
  textOf: (name: Name) => string;
  /** Undefined while loading. */
  counts: Partial<Record<Name, number>> | undefined;
  className?: string;
};

/** The tabs above a list, each with how many rows it would show. */
export function ListTabs<Name extends string>({
  label,
  names,
  value,
  onValueChange,
  textOf,
  counts,
  className,
}: ListTabsProps<Name>) {
  const choose = (next: string) => {
    const name = names.find((known) => known === next);
    if (name) onValueChange(name);
  };
  return (
    <Tabs value={value} onValueChange={choose} className={className}>
      <TabsList aria-label={label}>
        {names.map((name) => (
          <Tab key={name} value={name} count={counts?.[name]}>
            {textOf(name)}
          </Tab>
        ))}
      </TabsList>
    </Tabs>
  );
}
