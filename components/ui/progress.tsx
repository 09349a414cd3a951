import { cn } from "./cn.ts";

type ProgressProps = {
  /** 0 to 1. */ share: number;
  label: string;
  tone?: "accent" | "success" | "warning";
  className?: string;
};

const fills = { accent: "bg-accent", success: "bg-success", warning: "bg-warning" };

/** How far something is. The number itself stands in words beside it. */
export function Progress({ share, label, tone = "accent", className }: ProgressProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn("h-1.5 overflow-hidden rounded-full bg-border", className)}
    >
      <div
        className={cn("h-full rounded-full transition-[width] duration-300", fills[tone])}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
