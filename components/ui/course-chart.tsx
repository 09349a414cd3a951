"use client";

import { type KeyboardEvent, type ReactNode, useState } from "react";
import { linePath, niceTicks, splitBands, spreadLabels } from "./area-path.ts";
import { cn } from "./cn.ts";
import { useWidth } from "./use-width.ts";

/** One place on the axis. Null: there is nothing to say about it, and the line has a gap. */
export type CoursePoint = { value: number | null; low: number | null; high: number | null; before: number | null };

type CourseChartProps = {
  points: readonly CoursePoint[];
  /** Words under the place, where there are any. */
  tickAt: (index: number) => string | null;
  formatValue: (value: number) => string;
  /** The same in little room, for the axis. */
  formatTick?: (value: number) => string;
  /** At the line's end, below its last value. */
  nowLabel: string;
  beforeLabel: string;
  /** What is told of a place: in the box beside the crosshair, and to a screen reader. */
  tellAt: (index: number) => { box: ReactNode; words: string };
  /** What the picture shows, in words. */
  label: string;
};

const height = 216;
const frame = { top: 10, bottom: 26, left: 48, right: 92 };
const floor = height - frame.bottom;
const labelGap = 60;

/**
 * One number over time with the range in which it lies, and the course before as a dashed line. The mouse or the arrow keys move a
 * crosshair along it.
 */
export function CourseChart({
  points,
  tickAt,
  formatValue,
  formatTick = formatValue,
  nowLabel,
  beforeLabel,
  tellAt,
  label,
}: CourseChartProps) {
  const { ref, width } = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const right = width - frame.right;
  const values = points.flatMap(({ value, low, high, before }) =>
    [value, low, high, before].filter((each): each is number => each !== null),
  );
  const ticks = niceTicks(Math.min(...values, Number.POSITIVE_INFINITY), Math.max(...values, 0));
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const y = (value: number) => floor - ((value - bottom) / (top - bottom)) * (floor - frame.top);
  const x = (index: number) => frame.left + (index / Math.max(1, points.length - 1)) * (right - frame.left);
  const stretches = splitBands(points.map(({ value, low, high }) => (value === null ? null : { value, low, high })));
  const last = points.findLastIndex(({ value }) => value !== null);
  const lastBefore = points.findLastIndex(({ before }) => before !== null);
  const told = at === null ? null : tellAt(at);
  const labels = placeLabels(points.length, tickAt, x);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setAt(Math.min(points.length - 1, Math.max(0, (at ?? (step > 0 ? -1 : points.length)) + step)));
  };
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, points.length - 1)}
      aria-valuenow={at ?? Math.max(0, last)}
      aria-valuetext={tellAt(at ?? Math.max(0, last)).words}
      onKeyDown={move}
      onBlur={() => setAt(null)}
      onPointerMove={({ clientX, currentTarget }) => {
        const place = (clientX - currentTarget.getBoundingClientRect().left - frame.left) / (right - frame.left);
        setAt(Math.min(points.length - 1, Math.max(0, Math.round(place * (points.length - 1)))));
      }}
      onPointerLeave={() => setAt(null)}
      className="relative w-full rounded-sm focus-visible:outline-offset-4"
    >
      <svg aria-hidden width={width} height={height} className="block text-mini" data-picture>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={frame.left} x2={right} y1={y(tick)} y2={y(tick)} className="stroke-border" />
            <text x={frame.left - 8} y={y(tick) + 4} textAnchor="end" className="tabular fill-secondary">
              {formatTick(tick)}
            </text>
          </g>
        ))}
        <BeforeLine points={points} x={x} y={y} />
        {stretches.map(({ from, rows }) => (
          <g key={from} className="text-accent">
            <path d={bandOf(rows, { from, x, y })} className="fill-current opacity-15" />
            <path
              d={linePath(
                rows.map((_, index) => x(from + index)),
                rows.map(({ value }) => y(value)),
              )}
              className="fill-none stroke-current"
              strokeWidth={1.75}
              strokeLinejoin="round"
              strokeLinecap="round"
            />
          </g>
        ))}
        <Ends
          ends={[
            { index: last, value: points[last]?.value ?? null, words: nowLabel, isNow: true },
            { index: lastBefore, value: points[lastBefore]?.before ?? null, words: beforeLabel, isNow: false },
          ]}
          place={{ x, y, right }}
          formatValue={formatValue}
        />
        {labels.map(({ index, words }) => (
          <text
            key={words}
            x={x(index)}
            y={height - 6}
            textAnchor={index === 0 ? "start" : index === points.length - 1 ? "end" : "middle"}
            className="tabular fill-secondary"
          >
            {words}
          </text>
        ))}
        {at === null ? null : (
          <g>
            <line x1={x(at)} x2={x(at)} y1={frame.top} y2={floor} className="stroke-tertiary" />
            <Dot point={points[at]?.value ?? null} x={x(at)} y={y} className="fill-accent" />
            <Dot point={points[at]?.before ?? null} x={x(at)} y={y} className="fill-tertiary" />
          </g>
        )}
      </svg>
      {at !== null && told ? (
        <div
          aria-hidden
          className={cn(
            "floating pointer-events-none absolute bottom-8 z-10 min-w-36 rounded-md border border-border bg-raised px-2.5 py-2 text-xs",
            x(at) > width / 2 ? "-translate-x-full" : "",
          )}
          style={{ left: x(at) + (x(at) > width / 2 ? -10 : 10) }}
        >
          {told.box}
        </div>
      ) : null}
    </div>
  );
}

/** The words below the axis that have room; the last place's come before those of its neighbours. */
function placeLabels(count: number, wordsAt: (index: number) => string | null, x: (index: number) => number) {
  const labels: { index: number; words: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const words = wordsAt(index);
    const before = labels.at(-1);
    const hasRoom =
      (before === undefined || x(index) - x(before.index) >= labelGap) &&
      (index === count - 1 || x(count - 1) - x(index) >= labelGap);
    if (words !== null && hasRoom) labels.push({ index, words });
  }
  return labels;
}

type Axes = { x: (index: number) => number; y: (value: number) => number };
type Stretch = ReturnType<typeof splitBands>[number];

function bandOf(rows: Stretch["rows"], { from, x, y }: Axes & { from: number }): string {
  const xs = rows.map((_, index) => x(from + index));
  const upper = rows.map(({ value, high }) => y(high ?? value));
  const lower = rows.map(({ value, low }) => y(low ?? value));
  return `${linePath(xs, upper)}L${linePath(xs.toReversed(), lower.toReversed()).slice(1)}Z`;
}

function BeforeLine({ points, x, y }: Axes & { points: readonly CoursePoint[] }) {
  const stretches = splitBands(
    points.map(({ before }) => (before === null ? null : { value: before, low: null, high: null })),
  );
  return stretches.map(({ from, rows }) => (
    <path
      key={from}
      d={linePath(
        rows.map((_, index) => x(from + index)),
        rows.map(({ value }) => y(value)),
      )}
      className="fill-none stroke-tertiary"
      strokeWidth={1.25}
      strokeDasharray="3 3"
    />
  ));
}

type End = { index: number; value: number | null; words: string; isNow: boolean };
type EndsProps = { ends: End[]; place: Axes & { right: number }; formatValue: (value: number) => string };

/** Named at the lines' ends, so that no legend is needed. */
function Ends({ ends, place: { x, y, right }, formatValue }: EndsProps) {
  const shown = ends.flatMap((end) => (end.value === null ? [] : [{ ...end, value: end.value }]));
  const ys = spreadLabels(
    shown.map(({ value }) => y(value)),
    32,
    floor - 14,
  );
  return shown.map(({ index, value, words, isNow }, place) => (
    <g key={words}>
      {isNow ? <circle cx={x(index)} cy={y(value)} r={3.5} className="fill-accent" /> : null}
      <text
        x={right + 10}
        y={(ys[place] ?? 0) + 2}
        className={cn("tabular font-semibold", isNow ? "fill-accent" : "fill-secondary")}
      >
        {formatValue(value)}
      </text>
      <text x={right + 10} y={(ys[place] ?? 0) + 16} className="fill-secondary">
        {words}
      </text>
    </g>
  ));
}

function Dot({ point, x, y, className }: { point: number | null; x: number; y: Axes["y"]; className: string }) {
  if (point === null) return null;
  return <circle cx={x} cy={y(point)} r={4} strokeWidth={1.5} className={cn("stroke-surface", className)} />;
}
