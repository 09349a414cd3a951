"use client";

import { linePath, niceTicks, spreadLabels } from "./area-path.ts";
import { useWidth } from "./use-width.ts";

export type StepPoint = { x: number; value: number; low: number | null; high: number | null };
export type StepSeries = {
  id: string;
  label: string;
  /** A text colour. */
  className: string;
  points: readonly StepPoint[];
};

type StepChartProps = {
  series: readonly StepSeries[];
  /** Where the axis ends. */
  span: number;
  ticks: readonly { x: number; label: string }[];
  formatValue: (value: number) => string;
  formatTick: (value: number) => string;
  /** What the picture shows, in words. */
  label: string;
};

const height = 216;
const frame = { top: 10, bottom: 26, left: 48, right: 104 };
const floor = height - frame.bottom;

/** Shares that grow in steps, a line for each series within the band of what it may be. The last value of each is named at the right. */
export function StepChart({ series, span, ticks, formatValue, formatTick, label }: StepChartProps) {
  const { ref, width } = useWidth();
  const right = width - frame.right;
  const levels = niceTicks(
    0,
    Math.max(0, ...series.flatMap(({ points }) => points.map(({ value, high }) => high ?? value))),
  );
  const top = levels.at(-1) ?? 1;
  const x = (at: number) => frame.left + (at / span) * (right - frame.left);
  const y = (value: number) => floor - (Math.min(value, top) / top) * (floor - frame.top);
  const ends = series.flatMap(({ points, ...named }) => {
    const last = points.at(-1);
    return last ? [{ ...named, value: last.value }] : [];
  });
  const places = spreadLabels(
    ends.map(({ value }) => y(value)),
    30,
    floor - 12,
  );
  return (
    <div ref={ref} className="w-full">
      <svg role="img" aria-label={label} width={width} height={height} className="block text-mini">
        {levels.map((level) => (
          <g key={level}>
            <line x1={frame.left} x2={right} y1={y(level)} y2={y(level)} className="stroke-border" />
            <text x={frame.left - 8} y={y(level) + 4} textAnchor="end" className="tabular fill-secondary">
              {formatTick(level)}
            </text>
          </g>
        ))}
        {series.map(({ id, className, points }) => (
          <g key={id} className={className}>
            <path d={bandOf(points, x, y)} className="fill-current opacity-12" />
            <path
              d={stepsOf(points, ({ value }) => value, { x, y })}
              className="fill-none stroke-current"
              strokeWidth={1.75}
              strokeLinejoin="round"
            />
          </g>
        ))}
        {ends.map(({ id, label: name, className, value }, at) => (
          <g key={id} className={className}>
            <text x={right + 10} y={(places[at] ?? 0) + 2} className="tabular fill-current font-semibold">
              {formatValue(value)}
            </text>
            <text x={right + 10} y={(places[at] ?? 0) + 15} className="fill-secondary">
              {name}
            </text>
          </g>
        ))}
        {ticks.map(({ x: at, label: words }, nth) => (
          <text
            key={words}
            x={x(at)}
            y={height - 6}
            textAnchor={nth === 0 ? "start" : "middle"}
            className="tabular fill-secondary"
          >
            {words}
          </text>
        ))}
      </svg>
    </div>
  );
}

type Axes = { x: (at: number) => number; y: (value: number) => number };

/** A value holds until the next one. */
function cornersOf(points: readonly StepPoint[], of: (point: StepPoint) => number): { x: number; value: number }[] {
  return points.flatMap((point, at) => {
    const before = points[at - 1];
    return [...(before ? [{ x: point.x, value: of(before) }] : []), { x: point.x, value: of(point) }];
  });
}

function stepsOf(points: readonly StepPoint[], of: (point: StepPoint) => number, { x, y }: Axes): string {
  const corners = cornersOf(points, of);
  return linePath(
    corners.map((corner) => x(corner.x)),
    corners.map(({ value }) => y(value)),
  );
}

function bandOf(points: readonly StepPoint[], x: Axes["x"], y: Axes["y"]): string {
  const upper = cornersOf(points, ({ high, value }) => high ?? value);
  const lower = cornersOf(points, ({ low, value }) => low ?? value).toReversed();
  const all = [...upper, ...lower];
  return `${linePath(
    all.map((corner) => x(corner.x)),
    all.map(({ value }) => y(value)),
  )}Z`;
}
