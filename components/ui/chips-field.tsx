"use client";

import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useState } from "react";
import { cn } from "./cn.ts";
import { controlClasses } from "./input.tsx";

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
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 w-(--radix-popover-trigger-width) min-w-56 animate-rise-in rounded-md border border-border bg-raised"
        >
          <Command label={searchPlaceholder}>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              onKeyDown={dropLast}
              placeholder={searchPlaceholder}
              className="h-9 w-full border-border border-b bg-transparent px-3 text-sm outline-none placeholder:text-tertiary"
            />
            <Command.List className="max-h-64 overflow-y-auto p-1">
              <Command.Empty className="px-2 py-3 text-center text-secondary text-sm">{emptyText}</Command.Empty>
              {all.map(({ value }) => (
                <Command.Item
                  key={value}
                  value={value}
                  keywords={[labelOf(value)]}
                  onSelect={() => toggle(value)}
                  aria-checked={values.includes(value)}
                  className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-hover"
                >
                  <span className="min-w-0 flex-1 truncate">{labelOf(value)}</span>
                  {values.includes(value) ? <Check aria-hidden className="size-4 shrink-0 text-accent" /> : null}
                </Command.Item>
              ))}
              {canCreate ? (
                <Command.Item
                  forceMount
                  value={`create ${typed}`}
                  onSelect={() => {
                    onValuesChange([...values, wanted]);
                    setTyped("");
                  }}
                  className="flex min-h-8 items-center rounded-sm px-2 py-1 text-accent text-sm data-[selected=true]:bg-hover"
                >
                  {createLabel(wanted)}
                </Command.Item>
              ) : null}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
