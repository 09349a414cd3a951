import { cn } from "./cn.ts";

/** The shape of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden data-loading className={cn("h-4 animate-skeleton rounded-sm bg-border", className)} />;
}
