import Link from "next/link";
import { cn } from "./cn.ts";

type LinkTab = { href: string; label: string; isCurrent: boolean };

/** Underlined tabs that are pages of their own: links, so that each has its address. */
export function LinkTabs({ label, tabs, className }: { label: string; tabs: LinkTab[]; className?: string }) {
  return (
    <nav aria-label={label} className={cn("flex gap-5 overflow-x-auto border-border border-b", className)}>
      {tabs.map(({ href, label: text, isCurrent }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent ? "page" : undefined}
          className={cn(
            "-mb-px inline-flex h-9 shrink-0 items-center border-b-2 font-medium text-sm focus-visible:outline-offset-[-2px]",
            isCurrent ? "border-accent text-ink" : "border-transparent text-secondary hover:text-ink",
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
