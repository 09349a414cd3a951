"use client";

import { type KeyboardEvent, type ReactNode, useId } from "react";
import { optionAfterEvent } from "./option-keys.ts";

type Option = { id: string };

type OptionGridProps<Shown extends Option> = {
  label: string;
  shown: Shown[];
  selected: Shown;
  onSelect: (option: Shown) => void;
  onEnter: (selected: Shown) => void;
  /** Draws one option; `id` has to be on the element with the role. */
  children: (option: Shown, place: { id: string; isSelected: boolean }) => ReactNode;
};

/** A list box of cards in two columns: arrows and letters choose, Enter does what the chosen one is for. */
export function OptionGrid<Shown extends Option>({
  label,
  shown,
  selected,
  onSelect,
  onEnter,
  children,
}: OptionGridProps<Shown>) {
  const listId = useId();
  const idOf = (option: Shown) => `${listId}-${option.id}`;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Enter") {
      event.preventDefault();
      onEnter(selected);
      return;
    }
    const next = shown[optionAfterEvent(event, shown.indexOf(selected)) ?? -1];
    if (!next) return;
    event.preventDefault();
    onSelect(next);
    document.getElementById(idOf(next))?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div
      role="listbox"
      aria-label={label}
      aria-activedescendant={idOf(selected)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="grid grid-cols-1 gap-x-4 gap-y-2.5 rounded-lg pb-3 min-[900px]:grid-cols-2"
    >
      {shown.map((option) => children(option, { id: idOf(option), isSelected: option === selected }))}
    </div>
  );
}
