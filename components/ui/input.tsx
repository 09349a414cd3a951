import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** The look shared by everything one types into or picks from. */
export const controlClasses =
  "w-full rounded-md border border-border-strong bg-surface px-2.5 text-ink text-sm transition-colors placeholder:text-tertiary hover:border-tertiary/60 focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-tertiary aria-invalid:border-danger aria-invalid:focus-visible:outline-danger";

export function Input({ className, isDense, ...rest }: ComponentProps<"input"> & { isDense?: boolean }) {
  return <input className={cn(controlClasses, isDense ? "h-7" : "h-8", className)} {...rest} />;
}
