import type { KeyboardEvent } from "react";

/** Options that stand `columns` side by side, and how many of their rows are on the screen at once. */
type Shape = { count: number; columns: number; rowsShown: number };

/**
 * Which option a key leads to from the one at `index` (ARIA authoring practices, list box): arrows by one or by a row, Home and End to
 * the edges, Page Up and Page Down by a screen. Null: it is no such key, or leads nowhere.
 */
export function optionAfterKey(key: string, index: number, { count, columns, rowsShown }: Shape): number | null {
  const page = columns * Math.max(1, rowsShown);
  const to: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - columns,
    ArrowDown: index + columns,
    Home: 0,
    End: count - 1,
    // In the same column, as far as there are rows.
    PageUp: Math.max(index - page, index % columns),
    PageDown: index + columns * Math.min(Math.max(1, rowsShown), Math.floor((count - 1 - index) / columns)),
  };
  const next = to[key];
  return next === undefined || next === index || next < 0 || next >= count ? null : next;
}

/** The same for the options of a grid on the screen. A letter leads to the next option whose words begin with it. */
export function optionAfterEvent(event: KeyboardEvent<HTMLElement>, index: number): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const list = event.currentTarget;
  const options = [...list.querySelectorAll('[role="option"]')];
  const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
  const height = options[0]?.getBoundingClientRect().height ?? 1;
  const next = optionAfterKey(event.key, index, {
    count: options.length,
    columns,
    rowsShown: Math.floor((window.innerHeight * 0.75) / Math.max(1, height)),
  });
  if (next !== null) return next;
  if (event.key.length !== 1 || event.key === " ") return null;
  const named = options.map((option) => option.querySelector("h2, h3")?.textContent ?? option.textContent ?? "");
  return beginningWith(event.key, index, named);
}

/** The next option after `index`, from the first again after the last, whose name begins with a letter. */
export function beginningWith(letter: string, index: number, names: readonly string[]): number | null {
  const isMatch = (name: string) => name.trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase());
  const order = names.map((_, step) => (index + 1 + step) % names.length);
  const found = order.find((at) => isMatch(names[at] ?? ""));
  return found === undefined || found === index ? null : found;
}
