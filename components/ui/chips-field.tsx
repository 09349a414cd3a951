"use client";

import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useState } from "react";
import { cn } from "./cn.ts";
import { controlClasses } from "./input.tsx";
import { SearchList, searchLine } from "./search-list.tsx";

type ChipsFieldProps = {
  options: readonly { value: string; label?: string }[];
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  placeholder: string;
  searchPlaceholder: string;
  /** Said when nothing fits what was typed. */
  emptyText: string;
  /** Lets people take what they typed as one more value; the words on that line. */
  createLabel?: (typed: string) => string;
  disabled?: boolean;
  className?: string;
  "aria-label"?: string;
  "aria-invalid"?: boolean;
};

/** Several of many as chips: found by typing, taken and given back with Enter; Backspace gives back the last. */
export function ChipsField(props: ChipsFieldProps) {
  const { options, values, onValuesChange, placeholder, createLabel, disabled, className, ...rest } = props;
  const { searchPlaceholder, emptyText, ...aria } = rest;
  const [typed, setTyped] = useState("");
  const toggle = (value: string) =>
    onValuesChange(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  const dropLast = (event: KeyboardEvent) => {
    if (event.key !== "Backspace" || typed !== "" || values.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onValuesChange(values.slice(0, -1));
  };
  const labelOf = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  const all = [
    ...options,
    ...values.filter((value) => !options.some((option) => option.value === value)).map((value) => ({ value })),
  ];
  const wanted = typed.trim();
  const canCreate = createLabel && wanted !== "" && !all.some(({ value }) => value === wanted);
  const take = () => {
    onValuesChange([...values, wanted]);
    setTyped("");
  };
  return (
    <Popover.Root onOpenChange={(isOpen) => !isOpen && setTyped("")}>
      <Popover.Trigger
        role="combobox"
        disabled={disabled}
        onKeyDown={dropLast}
        className={cn(
          controlClasses,
          "flex min-h-7 items-center justify-between gap-1.5 py-0.5 pr-1.5 pl-1 text-left",
          className,
        )}
        {...aria}
      >
        <span className="flex min-w-0 flex-wrap gap-1">
          {values.length === 0 ? <span className="pl-1.5 text-tertiary">{placeholder}</span> : null}
          {values.map((value) => (
            <span
              key={value}
              className="max-w-40 truncate rounded-sm bg-accent-tint px-1.5 font-medium text-accent leading-[22px]"
            >
              {labelOf(value)}
            </span>
          ))}
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-tertiary" />
      </Popover.Trigger>
      <SearchList
        {...{ typed, searchPlaceholder, emptyText }}
        onTyped={setTyped}
        onKeyDown={dropLast}
        create={canCreate ? { label: createLabel(wanted), take } : null}
      >
        {all.map(({ value }) => (
          <Command.Item
            key={value}
            value={value}
            keywords={[labelOf(value)]}
            onSelect={() => toggle(value)}
            aria-checked={values.includes(value)}
            className={searchLine}
          >
            <span className="min-w-0 flex-1 truncate">{labelOf(value)}</span>
            {values.includes(value) ? <Check aria-hidden className="size-4 shrink-0 text-accent" /> : null}
          </Command.Item>
        ))}
      </SearchList>
    </Popover.Root>
  );
}
