import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** A key of the keyboard. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center whitespace-nowrap rounded-xs border border-border bg-sunken px-1 font-sans text-mini text-secondary",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
