import { bandPath, linePath } from "./area-path.ts";
import { cn } from "./cn.ts";

type SparklineProps = {
  values: readonly number[];
  /** What the line says, in words. */
  label: string;
  /** The height stands for at least this much: a few are not drawn as a mountain. */
  least?: number;
  /** A text colour: line and area take it. */
  className?: string;
};

const width = 104;
const height = 26;

/** The course of one number, without axes, on a line of text. Its height is its own: the largest value touches the top, or `least` does. */
export function Sparkline({ values, label, least = 1, className }: SparklineProps) {
  const top = Math.max(least, ...values);
  const xs = values.map((_, index) => (index / Math.max(1, values.length - 1)) * width);
  const ys = values.map((value) => height - 1 - (value / top) * (height - 4));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className={cn("block h-[26px] w-[104px] overflow-visible", className)}
    >
      <path
        d={bandPath(
          xs,
          ys,
          xs.map(() => height),
        )}
        className="fill-current opacity-15"
      />
      <path d={linePath(xs, ys)} className="fill-none stroke-current" strokeWidth={1.25} strokeLinejoin="round" />
    </svg>
  );
}
