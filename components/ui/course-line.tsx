import { linePath, splitBands } from "./area-path.ts";
import { cn } from "./cn.ts";

const width = 90;
const height = 22;

type CourseLineProps = { values: readonly (number | null)[]; label: string; className?: string };

/** The course of a share between its own lowest and highest, without axes; null: a gap. A dot marks where it stands now. */
export function CourseLine({ values, label, className }: CourseLineProps) {
  const known = values.filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (index: number) => 2 + (index / Math.max(1, values.length - 1)) * (width - 6);
  const y = (value: number) => (high === low ? height / 2 : 3 + ((high - value) / (high - low)) * (height - 6));
  const stretches = splitBands(values.map((value) => (value === null ? null : { value, low: null, high: null })));
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={cn("block overflow-visible", className)}
    >
      {stretches.map(({ from, rows }) => (
        <path
          key={from}
          d={linePath(
            rows.map((_, index) => x(from + index)),
            rows.map(({ value }) => y(value)),
          )}
          className="fill-none stroke-current"
          strokeWidth={1.25}
          strokeLinejoin="round"
        />
      ))}
      {last >= 0 ? <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2} className="fill-current" /> : null}
    </svg>
  );
}
