import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger" | "info";

const tones: Record<Tone, string> = {
  neutral: "border-border bg-sunken text-secondary",
  accent: "border-accent-border bg-accent-tint text-accent",
  success: "border-success-border bg-success-tint text-success",
  warning: "border-warning-border bg-warning-tint text-warning",
  danger: "border-danger-border bg-danger-tint text-danger",
  info: "border-info-border bg-info-tint text-info",
};

type ChipProps = ComponentProps<"span"> & {
  tone?: Tone /** A state is always icon, word and colour. */;
  icon?: LucideIcon;
};

/** A state or a kind in one or two words. Never wraps. */
export function Chip({ tone = "neutral", icon: Icon, className, children, ...rest }: ChipProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-full border px-2 font-medium text-xs",
        tones[tone],
        className,
      )}
      {...rest}
    >
      {Icon ? <Icon aria-hidden className="-ml-0.5 size-3.5" /> : null}
      {children}
    </span>
  );
}
