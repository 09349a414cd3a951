"use client";

import { Search, X } from "lucide-react";
import { type ComponentProps, useEffect, useRef } from "react";
import { cn } from "./cn.ts";
import { controlClasses } from "./input.tsx";
import { Kbd } from "./kbd.tsx";

type SearchInputProps = Omit<ComponentProps<"input">, "value" | "onChange" | "ref"> & {
  value: string;
  onValueChange: (value: string) => void;
  clearLabel: string;
};

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** A search field that `/` reaches from anywhere on the page; Esc empties it, then leaves it. */
export function SearchInput({ value, onValueChange, clearLabel, className, placeholder, ...rest }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <div className={cn("relative", className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-tertiary" />
      <input
        ref={input}
        type="search"
        value={value}
        placeholder={placeholder}
        aria-label={placeholder}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value) onValueChange("");
          else input.current?.blur();
        }}
        className={cn(controlClasses, "h-8 pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden")}
        {...rest}
      />
      {value ? (
        <button
          type="button"
          aria-label={clearLabel}
          onClick={() => {
            onValueChange("");
            input.current?.focus();
          }}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-secondary hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : (
        <Kbd className="pointer-events-none absolute top-1.5 right-1.5">/</Kbd>
      )}
    </div>
  );
}
