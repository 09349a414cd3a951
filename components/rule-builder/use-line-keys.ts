"use client";

import type { KeyboardEvent } from "react";
import { useBuilding } from "./rule-context.tsx";
import { type Place, removeRule } from "./rule-edits.ts";

/** The keys of a line: Alt with the arrows moves it, Backspace in a value that is empty removes it. */
export function useLineKeys(place: Place) {
  const { root, apply, move } = useBuilding();
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest("[data-line]") !== event.currentTarget) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      event.stopPropagation();
      move(place, event.key === "ArrowUp" ? "up" : "down");
      return;
    }
    const isEmptyValue =
      event.target instanceof HTMLInputElement && event.target.dataset.value === "text" && event.target.value === "";
    if (event.key !== "Backspace" || !isEmptyValue || event.repeat) return;
    event.preventDefault();
    const index = place.at(-1) ?? 0;
    apply(removeRule(root, place), index > 0 ? [...place.slice(0, -1), index - 1] : undefined);
  };
}
