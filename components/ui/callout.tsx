import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./chip.tsx";
import { cn } from "./cn.ts";

const frames: Record<Tone, string> = {
  neutral: "border-border bg-sunken",
  accent: "border-accent-border bg-accent-tint",
  success: "border-success-border bg-success-tint",
  warning: "border-warning-border bg-warning-tint",
  danger: "border-danger-border bg-danger-tint",
  info: "border-info-border bg-info-tint",
};
const inks: Record<Tone, string> = {
  neutral: "text-secondary",
  accent: "text-accent",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
  info: "text-info",
};

type CalloutProps = {
  tone?: Tone;
  icon: LucideIcon;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** A sentence that must be read, above or inside what it concerns. */
export function Callout({ tone = "info", icon: Icon, title, children, action, className }: CalloutProps) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border px-3.5 py-2.5 text-sm",
        frames[tone],
        className,
      )}
    >
      <Icon aria-hidden className={cn("size-4 shrink-0", inks[tone])} />
      <div className="min-w-0 flex-1 basis-60">
        {title ? <span className="font-semibold">{title} </span> : null}
        {children}
      </div>
      {action}
    </div>
  );
}
