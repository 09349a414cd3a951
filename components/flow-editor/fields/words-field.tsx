"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import type { FieldProps } from "./field-props.ts";

/** Words or short sentences as chips: Enter or a comma adds one, Backspace in the empty field takes the last one back. */
export function WordsField({ id, label, value, isInvalid, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.words");
  const [typed, setTyped] = useState("");
  const words = Array.isArray(value) ? value.filter((word): word is string => typeof word === "string") : [];
  const add = (text: string) => {
    const added = text
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "" && !words.includes(word));
    setTyped("");
    if (added.length > 0) onChange([...words, ...added]);
  };
  return (
    <div className="space-y-2">
      {words.length > 0 ? (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {words.map((word) => (
            <li
              key={word}
              className="inline-flex h-6 max-w-full items-center gap-1 rounded-full border border-accent-border bg-accent-tint pr-1 pl-2.5 text-accent text-xs"
            >
              <span className="truncate">{word}</span>
              <button
                type="button"
                aria-label={t("remove", { word })}
                onClick={() => onChange(words.filter((other) => other !== word))}
                className="grid size-4 shrink-0 place-items-center rounded-full hover:bg-accent-border"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Input
        id={id}
        value={typed}
        maxLength={200}
        aria-invalid={isInvalid || undefined}
        placeholder={t("add")}
        onChange={(event) =>
          event.target.value.endsWith(",") ? add(event.target.value) : setTyped(event.target.value)
        }
        onBlur={() => add(typed)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            add(typed);
          }
          if (event.key === "Backspace" && typed === "") onChange(words.slice(0, -1));
        }}
      />
    </div>
  );
}
