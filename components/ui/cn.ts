import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["mini", "xs", "sm", "base", "h2", "h1"] }] } },
});

/** Joins class names; of two that set the same property the later wins, so that a caller can override a default. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
