"use client";

import { bandPath, linePath, roundCeiling, spreadLabels } from "./area-path.ts";
import { cn } from "./cn.ts";
import { useWidth } from "./use-width.ts";

export type AreaSeries = {
  id: string;
  values: readonly number[];
  /** Stands at the right end of its band. */
  label: string;
  /** A text colour. */
  className: string;
};

type StackedAreaProps = {
  /** The lowest band first. */
  series: readonly AreaSeries[];
  /** A line that must not be crossed, with its words. See isLimitInSight. */
  limit: { value: number; label: string } | null;
  /** What the axis ends at where that is known: 100 of shares. Without it a round number above the highest sum. */
  ceiling?: number;
  /** Words under the first, the middle and the last point. */
  ticks: readonly string[];
  formatValue: (value: number) => string;
  /** What the picture shows, in words. */
  label: string;
};

const height = 186;
const frame = { top: 8, bottom: 24, left: 36, right: 104 };
const floor = height - frame.bottom;

/** Bands on top of each other over time, each named at its right end, so that no legend is needed. As wide as its place. */
export function StackedArea({ series, limit, ceiling: top, ticks, formatValue, label }: StackedAreaProps) {
  const { ref, width } = useWidth();
  const right = width - frame.right;
  const count = series[0]?.values.length ?? 0;
  const sums = stack(series);
  const highest = Math.max(...(sums.at(-1) ?? [0]));
  const isLimitDrawn = limit !== null && isLimitInSight(series, limit.value);
  const ceiling = top ?? roundCeiling(Math.max(highest, isLimitDrawn ? limit.value * 1.05 : 0));
  const y = (value: number) => floor - (value / ceiling) * (floor - frame.top);
  const xs = Array.from(
    { length: count },
    (_, index) => frame.left + (index / Math.max(1, count - 1)) * (right - frame.left),
  );
  const ends = spreadLabels(
    series.map((_, index) => y(((sums[index]?.at(-1) ?? 0) + (sums[index - 1]?.at(-1) ?? 0)) / 2)),
    15,
    floor,
  );
  return (
    <div ref={ref} className="w-full">
      <svg role="img" aria-label={label} width={width} height={height} className="block text-mini">
        {[0, 1, 2, 3, 4].map((step) => {
          const value = (ceiling / 4) * step;
          return (
            <g key={step}>
              <line x1={frame.left} x2={right} y1={y(value)} y2={y(value)} className="stroke-border" />
              {ceiling >= 4 || Number.isInteger(value) ? (
                <text x={frame.left - 8} y={y(value) + 4} textAnchor="end" className="tabular fill-secondary">
                  {formatValue(value)}
                </text>
              ) : null}
            </g>
          );
        })}
        {series.map(({ id, className }, index) => {
          const upper = (sums[index] ?? []).map(y);
          const lower = index === 0 ? upper.map(() => floor) : (sums[index - 1] ?? []).map(y);
          return (
            <g key={id} className={className}>
              <path d={bandPath(xs, upper, lower)} className="fill-current opacity-20" />
              <path d={linePath(xs, upper)} className="fill-none stroke-current" strokeWidth={1.25} />
            </g>
          );
        })}
        {limit && isLimitDrawn ? (
          <line
            x1={frame.left}
            x2={right}
            y1={y(limit.value)}
            y2={y(limit.value)}
            strokeDasharray="4 3"
            className="stroke-secondary"
          />
        ) : null}
        {limit && isLimitDrawn ? (
          <text
            x={frame.left + 4}
            y={y(limit.value) - 5}
            // A rim in the colour of the ground: the words stay readable where a band runs behind them.
            className="fill-secondary stroke-surface [paint-order:stroke]"
            strokeWidth={3}
          >
            {limit.label}
          </text>
        ) : null}
        {series.map(({ id, label: words, className }, index) => (
          <text
            key={id}
            x={right + 8}
            y={(ends[index] ?? 0) + 4}
            className={cn("tabular fill-current font-medium", className)}
          >
            {words}
          </text>
        ))}
        {ticks.map((tick, index) => (
          <text
            key={tick}
            x={frame.left + (index / Math.max(1, ticks.length - 1)) * (right - frame.left)}
            y={height - 6}
            textAnchor={index === 0 ? "start" : index === ticks.length - 1 ? "end" : "middle"}
            className="tabular fill-secondary"
          >
            {tick}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** A limit far above what happens would press the bands flat: it is not drawn, and its words belong beside the picture. */
export function isLimitInSight(series: readonly Pick<AreaSeries, "values">[], limit: number): boolean {
  const highest = Math.max(0, ...(stack(series).at(-1) ?? []));
  return highest === 0 || limit <= highest * 5;
}

/** For each series the sum of it and of all below. */
function stack(series: readonly Pick<AreaSeries, "values">[]): number[][] {
  const sums: number[][] = [];
  for (const { values } of series) {
    const below = sums.at(-1);
    sums.push(values.map((value, index) => value + (below?.[index] ?? 0)));
  }
  return sums;
}
