"use client";

import { bandPath, linePath, spreadLabels } from "./area-path.ts";
import { cn } from "./cn.ts";
import { useWidth } from "./use-width.ts";

export type BandPoint = { label: string; low: number | null; high: number | null; value: number | null };

type BandChartProps = {
  points: readonly BandPoint[];
  /** The axis reaches so far to both sides of zero; what is beyond is cut at the frame. */
  reach: number;
  formatValue: (value: number) => string;
  /** Of the axis: shorter. */
  formatTick: (value: number) => string;
  /** A dashed line at one of the points, with its words. */
  mark?: { index: number; label: string } | null;
  /** A text colour for line and band. */
  className?: string;
  /** What the picture shows, in words. */
  label: string;
};

const height = 244;
const frame = { top: 16, bottom: 26, left: 54, right: 66 };

/** A value over time within the band of what it may be, around a zero line. The last value and its limits are named at the right. */
export function BandChart({
  points,
  reach,
  formatValue,
  formatTick,
  mark,
  className = "text-accent",
  label,
}: BandChartProps) {
  const { ref, width } = useWidth(480);
  const [right, floor] = [width - frame.right, height - frame.bottom];
  const x = (index: number) => frame.left + (index / Math.max(1, points.length - 1)) * (right - frame.left);
  const y = (value: number) =>
    frame.top + ((reach - Math.max(-reach, Math.min(reach, value))) / (2 * reach)) * (floor - frame.top);
  const bands = points.flatMap(({ low, high }, index) =>
    low === null || high === null ? [] : [{ x: x(index), low: y(low), high: y(high) }],
  );
  const line = points.flatMap(({ value }, index) => (value === null ? [] : [{ x: x(index), y: y(value) }]));
  const last = points.at(-1);
  const ends = [last?.high, last?.value, last?.low].flatMap((value, nth) =>
    value === null || value === undefined ? [] : [{ value, isPoint: nth === 1 }],
  );
  const places = spreadLabels(
    ends.map(({ value }) => y(value)),
    14,
    floor,
  );
  return (
    <div ref={ref} className="w-full">
      <svg role="img" aria-label={label} width={width} height={height} className="block text-mini">
        {[-1, -0.5, 0, 0.5, 1].map((part) => (
          <g key={part}>
            <line
              x1={frame.left}
              x2={right}
              y1={y(part * reach)}
              y2={y(part * reach)}
              className={part === 0 ? "stroke-tertiary" : "stroke-border"}
            />
            <text x={frame.left - 8} y={y(part * reach) + 4} textAnchor="end" className="tabular fill-secondary">
              {formatTick(part * reach)}
            </text>
          </g>
        ))}
        <g className={className}>
          {bands.length > 1 ? (
            <path
              d={bandPath(
                bands.map((band) => band.x),
                bands.map((band) => band.high),
                bands.map((band) => band.low),
              )}
              className="fill-current opacity-15"
            />
          ) : null}
          {line.length > 1 ? (
            <path
              d={linePath(
                line.map((point) => point.x),
                line.map((point) => point.y),
              )}
              className="fill-none stroke-current"
              strokeWidth={1.75}
              strokeLinejoin="round"
            />
          ) : null}
          {line.at(-1) ? <circle cx={line.at(-1)?.x} cy={line.at(-1)?.y} r={3} className="fill-current" /> : null}
        </g>
        {mark ? <Mark x={x(mark.index)} floor={floor} right={right} label={mark.label} /> : null}
        {ends.map(({ value, isPoint }, index) => (
          <text
            key={isPoint ? "point" : value}
            x={right + 8}
            y={(places[index] ?? 0) + 4}
            className={cn("tabular", isPoint ? cn("fill-current font-semibold", className) : "fill-secondary")}
          >
            {formatValue(value)}
          </text>
        ))}
        {ticksOf(points).map(({ index, text }) => (
          <text
            key={index}
            x={x(index)}
            y={height - 6}
            textAnchor={index === 0 ? "start" : "middle"}
            className="tabular fill-secondary"
          >
            {text}
          </text>
        ))}
      </svg>
    </div>
  );
}

function Mark({ x, floor, right, label }: { x: number; floor: number; right: number; label: string }) {
  const isLate = x > (right + frame.left) / 2;
  return (
    <g className="text-success">
      <line
        x1={x}
        x2={x}
        y1={frame.top}
        y2={floor}
        strokeDasharray="3 3"
        className="stroke-current"
        strokeWidth={1.5}
      />
      <text
        x={isLate ? x - 6 : x + 6}
        y={frame.top + 10}
        textAnchor={isLate ? "end" : "start"}
        // A rim in the colour of the ground: the words stay readable over the band.
        className="fill-current stroke-surface font-medium [paint-order:stroke]"
        strokeWidth={3}
      >
        {label}
      </text>
    </g>
  );
}

/** Words under at most five points, the first and the last among them. */
function ticksOf(points: readonly BandPoint[]): { index: number; text: string }[] {
  const steps = Math.min(4, points.length - 1);
  if (steps < 1) return points.map(({ label: text }, index) => ({ index, text }));
  return Array.from({ length: steps + 1 }, (_, nth) => {
    const index = Math.round((nth / steps) * (points.length - 1));
    return { index, text: points[index]?.label ?? "" };
  });
}
