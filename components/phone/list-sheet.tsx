"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { ListView } from "./message-view.ts";
import { PhoneSheet, SheetButton } from "./phone-sheet.tsx";

type ListSheetProps = { list: ListView; onPick: (rowId: string) => void; onClose: () => void };

/** The open list of a list message: sections and rows, one of them is chosen and sent. */
export function ListSheet({ list, onPick, onClose }: ListSheetProps) {
  const t = useTranslations("phone.sheet");
  // Of its own: several phones stand side by side.
  const group = useId();
  const [chosen, setChosen] = useState<string>();
  return (
    <PhoneSheet
      title={list.label}
      onClose={onClose}
      footer={
        <SheetButton label={t("send")} isDisabled={!chosen} onPress={() => (chosen ? onPick(chosen) : undefined)} />
      }
    >
      {(list.sections ?? []).map((section, index) => (
        <fieldset key={section.title ?? String(index)} className="mb-2">
          <legend className={section.title ? "mb-1 font-semibold text-wa-strong text-xs" : "sr-only"}>
            {section.title ?? list.label}
          </legend>
          {section.rows.map((row) => (
            <label key={row.id} className="flex cursor-pointer items-center gap-3 py-1.5">
              <span className="min-w-0 flex-1">
                <span className="block text-sm">{row.title}</span>
                {row.description ? <span className="block text-wa-secondary text-xs">{row.description}</span> : null}
              </span>
              <input
                type="radio"
                name={group}
                value={row.id}
                checked={chosen === row.id}
                onChange={() => setChosen(row.id)}
                className="size-[18px] shrink-0 accent-wa-press"
              />
            </label>
          ))}
        </fieldset>
      ))}
    </PhoneSheet>
  );
}
