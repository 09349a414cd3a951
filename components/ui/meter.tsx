import { cn } from "./cn.ts";

type MeterProps = {
  /** 0 to 1; more is drawn as full. */
  share: number;
  label: string;
  tone?: "neutral" | "warning" | "danger";
  className?: string;
};

const fills = { neutral: "bg-secondary", warning: "bg-warning", danger: "bg-danger" };

/** How much of a limit is used. The numbers stand in words beside it. */
export function Meter({ share, label, tone = "neutral", className }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> in their own colours and let nobody change them
    <div
      role="meter"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn("h-1 overflow-hidden rounded-full bg-border", className)}
    >
      <div
        className={cn("h-full rounded-full transition-[width] duration-500", fills[tone])}
        // A little used is more than nothing.
        style={{ width: `${share > 0 ? Math.max(2, percent) : 0}%` }}
      />
    </div>
  );
}
