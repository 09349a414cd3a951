import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type EmptyStateProps = {
  icon: LucideIcon;
  title: ReactNode;
  /** What to do first. */
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** Nothing here yet, or nothing that fits: says so in words and offers the next step. */
export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex flex-col items-center rounded-lg border border-border bg-surface px-6 py-14 text-center",
        className,
      )}
    >
      <span className="mb-3 grid size-10 place-items-center rounded-lg bg-sunken text-secondary">
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="font-semibold">{title}</div>
      {children ? <div className="mt-1 max-w-md text-secondary text-sm">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
