import { cn } from "./cn.ts";

const tones = {
  neutral: "text-tertiary",
  success: "text-success",
  danger: "text-danger",
  warning: "text-warning",
  accent: "text-accent",
} as const;

export type IntervalTone = keyof typeof tones;

type IntervalBarProps = {
  low: number | null;
  high: number | null;
  point: number | null;
  /** The axis reaches so far to both sides of zero. */
  reach: number;
  /** Where it begins to matter, at both sides: a pair of short ticks. */
  worth?: number | null;
  tone?: IntervalTone;
  /** The interval in words. */
  label: string;
};

/** An interval on an axis around zero: a band with caps and its point. What lies beyond the axis ends in an arrow and not in a cap. */
export function IntervalBar({ low, high, point, reach, worth, tone = "neutral", label }: IntervalBarProps) {
  const at = (value: number) => `${((Math.max(-reach, Math.min(reach, value)) + reach) / (2 * reach)) * 100}%`;
  const [isCutLeft, isCutRight] = [low !== null && low < -reach, high !== null && high > reach];
  return (
    <div role="img" aria-label={label} className={cn("relative h-10 w-full", tones[tone])}>
      {axisTicks(reach).map((tick) => (
        <span
          key={tick}
          aria-hidden
          style={{ left: at(tick) }}
          className={cn("absolute inset-y-0 w-px", tick === 0 ? "bg-tertiary" : "bg-border")}
        />
      ))}
      {worth && worth < reach
        ? [-worth, worth].map((value) => (
            <span
              key={value}
              aria-hidden
              style={{ left: at(value) }}
              className="absolute inset-y-0 w-0.5 -translate-x-px"
            >
              <span className="absolute top-1 h-1.5 w-full bg-ink" />
              <span className="absolute bottom-1 h-1.5 w-full bg-ink" />
            </span>
          ))
        : null}
      {low !== null && high !== null ? (
        <>
          <span
            aria-hidden
            style={{ left: at(low), right: `calc(100% - ${at(high)})` }}
            className={cn(
              "absolute top-3.5 h-3 bg-current opacity-25",
              isCutLeft && "rounded-l-full",
              isCutRight && "rounded-r-full",
            )}
          />
          <End at={at(low)} isCut={isCutLeft} side="left" />
          <End at={at(high)} isCut={isCutRight} side="right" />
        </>
      ) : null}
      {point !== null && Math.abs(point) <= reach ? (
        <span
          aria-hidden
          style={{ left: at(point) }}
          className="absolute top-3 h-4 w-[3px] -translate-x-1/2 rounded-xs bg-current"
        />
      ) : null}
    </div>
  );
}

function End({ at, isCut, side }: { at: string; isCut: boolean; side: "left" | "right" }) {
  if (!isCut)
    return (
      <span aria-hidden style={{ left: at }} className="absolute top-3.5 h-3 w-[1.5px] -translate-x-1/2 bg-current" />
    );
  return (
    <svg
      aria-hidden
      viewBox="0 0 8 12"
      style={{ left: at }}
      className={cn("absolute top-3.5 h-3 w-2", side === "right" && "-translate-x-full")}
    >
      <path
        d={side === "left" ? "M6 1 L1.5 6 L6 11" : "M2 1 L6.5 6 L2 11"}
        className="fill-none stroke-current"
        strokeWidth={1.5}
      />
    </svg>
  );
}

/** The head of a column of bars: what the lines stand for. */
export function IntervalAxis({ reach, formatTick }: { reach: number; formatTick: (value: number) => string }) {
  return (
    <div aria-hidden className="relative h-4 w-full font-normal text-xs">
      {axisTicks(reach).map((tick) => (
        <span
          key={tick}
          style={{ left: `${((tick + reach) / (2 * reach)) * 100}%` }}
          // Where there is little room only zero is told.
          className={cn("tabular absolute -translate-x-1/2 whitespace-nowrap", tick !== 0 && "max-xl:hidden")}
        >
          {formatTick(tick)}
        </span>
      ))}
    </div>
  );
}

/** Five lines: zero in the middle, the outer ones a little within the axis, so that an arrow has room. */
const axisTicks = (reach: number): number[] => [-0.8, -0.4, 0, 0.4, 0.8].map((part) => part * reach);
