"use client";

import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "./cn.ts";
import { controlClasses } from "./input.tsx";
import { SearchList, searchLine } from "./search-list.tsx";

export type ComboboxOption = {
  value: string;
  label: string;
  /** Shown instead of the label while the list is closed, where the place is narrow. */
  closedLabel?: string;
  hint?: ReactNode;
  icon?: ReactNode /** Found by these as well. */;
  keywords?: string[];
};

type ComboboxProps = {
  options: ComboboxOption[];
  value: string | null;
  onValueChange: (value: string) => void;
  placeholder: string;
  searchPlaceholder: string;
  /** Said when nothing fits what was typed. */
  emptyText: string;
  /** Hears what is typed: for options that a server finds, when there are more than one list holds. */
  onTyped?: (typed: string) => void;
  /** Lets people take what they typed as the value; the words on that line. */
  createLabel?: (typed: string) => string;
  isDense?: boolean;
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
};

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const {
    options,
    value,
    onValueChange,
    placeholder,
    searchPlaceholder,
    emptyText,
    onTyped,
    createLabel,
    isDense,
    className,
    ...rest
  } = props;
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const chosen = options.find((option) => option.value === value);
  const type = (next: string) => {
    setTyped(next);
    onTyped?.(next);
  };
  const pick = (next: string) => {
    onValueChange(next);
    setOpen(false);
    setTyped("");
  };
  const canCreate = createLabel && typed.trim() !== "" && !options.some((option) => option.value === typed.trim());
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        role="combobox"
        aria-expanded={isOpen}
        className={cn(
          controlClasses,
          "flex items-center justify-between gap-2 text-left",
          isDense ? "h-7" : "h-8",
          className,
        )}
        {...rest}
      >
        <span className={cn("flex min-w-0 items-center gap-2 truncate", !value && "text-tertiary")}>
          {chosen?.icon}
          <span className="truncate" title={chosen?.label}>
            {chosen?.closedLabel ?? chosen?.label ?? value ?? placeholder}
          </span>
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-tertiary" />
      </Popover.Trigger>
      <SearchList
        {...{ typed, searchPlaceholder, emptyText }}
        onTyped={type}
        create={canCreate ? { label: createLabel(typed.trim()), take: () => pick(typed.trim()) } : null}
      >
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label, ...(option.keywords ?? [])]}
            onSelect={() => pick(option.value)}
            className={searchLine}
          >
            {option.icon}
            <span className="min-w-0 flex-1">
              <span className="block truncate">{option.label}</span>
              {option.hint ? <span className="block truncate text-secondary text-xs">{option.hint}</span> : null}
            </span>
            {option.value === value ? <Check aria-hidden className="size-4 shrink-0 text-accent" /> : null}
          </Command.Item>
        ))}
      </SearchList>
    </Popover.Root>
  );
}
