import { z } from "zod";

const Items = z.array(z.record(z.string(), z.unknown()));

/** The items of a list setting; anything unreadable counts as an empty list. */
export function listOf(value: unknown): Record<string, unknown>[] {
  const parsed = Items.safeParse(value);
  return parsed.success ? parsed.data : [];
}

/** The text of a setting, "" for anything else. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A new id in a list: "branch-2", the first number that is free. */
export function freeId(stem: string, taken: readonly unknown[]): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

export const replaceAt = <Item>(items: readonly Item[], index: number, item: Item): Item[] =>
  items.map((old, at) => (at === index ? item : old));

export const removeAt = <Item>(items: readonly Item[], index: number): Item[] => items.filter((_, at) => at !== index);
