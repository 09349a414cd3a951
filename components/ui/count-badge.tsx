import { cn } from "./cn.ts";

type CountBadgeProps = { count: number /** Counts what is wrong. */; warns?: boolean };

/** How many, at the corner of an icon whose own name says it in words. Nothing for none. */
export function CountBadge({ count, warns = false }: CountBadgeProps) {
  if (count === 0) return null;
  return (
    <span
      aria-hidden
      className={cn(
        "tabular absolute -top-1 -right-1 grid h-4 min-w-4 place-items-center rounded-full px-1 font-semibold text-[10px] text-on-accent leading-none ring-2 ring-surface",
        warns ? "bg-warning" : "bg-accent",
      )}
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
