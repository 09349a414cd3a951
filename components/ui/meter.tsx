import { cn } from "./cn.ts";

type MeterProps = {
  /** meter: how much of a limit is used; progress: how far something is. */
  of?: "meter" | "progress";
  /** 0 to 1; more is drawn as full. */
  share: number;
  label: string;
  tone?: keyof typeof fills;
  className?: string;
};

const fills = {
  neutral: "bg-secondary",
  accent: "bg-accent",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-danger",
};

const kinds = {
  meter: { role: "meter", height: "h-1", pace: "duration-500" },
  progress: { role: "progressbar", height: "h-1.5", pace: "duration-300" },
} as const;

/** A bar for a share of something. The numbers stand in words beside it. */
export function Meter({ of = "meter", share, label, tone = "neutral", className }: MeterProps) {
  const { role, height, pace } = kinds[of];
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name, and the linter does not see which it is
    <div
      role={role}
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn("overflow-hidden rounded-full bg-border", height, className)}
    >
      <div
        className={cn("h-full rounded-full transition-[width]", pace, fills[tone])}
        // A little used is more than nothing.
        style={{ width: `${share > 0 ? Math.max(2, percent) : 0}%` }}
      />
    </div>
  );
}
