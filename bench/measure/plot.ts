import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { flag } from "./options.ts";
import { showRemark } from "./tables.ts";

export type Series = { name: string; points: readonly (readonly [x: number, y: number])[] };

export type Plot = {
  title: string;
  xTitle: string;
  yTitle: string;
  series: readonly Series[];
  /** Steps of ten: for sizes that grow by orders of magnitude. */
  isLogX?: boolean;
};

const [width, height] = [640, 360];
const frame = { left: 64, right: 20, top: 48, bottom: 52 };
const mostTicks = 8;
/** Told apart in light and dark and by people who do not see red and green. */
const colours = ["#2f6fde", "#c2670a", "#7a5cc9"];
const folder = path.join(import.meta.dirname, "../../docs/images");

/** With --plots: writes the plot into docs/images and puts it below the tables. */
export function showPlot(name: string, plot: Plot): void {
  if (!flag("plots")) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.svg`), svgOf(plot));
  showRemark(`![${plot.title}](images/${name}.svg)`);
}

const style =
  "text{font:12px system-ui,sans-serif;fill:#3d4350}.title{font-weight:600;font-size:14px}.grid{stroke:#d5d9e0}.back{fill:#fff}" +
  "@media(prefers-color-scheme:dark){text{fill:#c9cfda}.grid{stroke:#3a404c}.back{fill:#16181d}}";

/** A line plot as SVG. Text and lines take the reader's own light or dark. */
export function svgOf({ title, xTitle, yTitle, series, isLogX = false }: Plot): string {
  const all = series.flatMap((each) => each.points);
  const xs = all.map(([x]) => x);
  const ticks = isLogX || new Set(xs).size <= mostTicks ? thinned(xs) : roundTicks(Math.max(...xs));
  const along = (x: number) => (isLogX ? Math.log10(x) : x);
  const ends = [...xs, ...ticks].map(along);
  const [firstX, lastX] = [Math.min(...ends), Math.max(...ends)];
  const top = niceTop(Math.max(...all.map(([, y]) => y)));
  const at = {
    x: (x: number) =>
      frame.left + ((along(x) - firstX) / Math.max(1e-9, lastX - firstX)) * (width - frame.left - frame.right),
    y: (y: number) => height - frame.bottom - (y / top) * (height - frame.top - frame.bottom),
  };
  const middle = (frame.left + width - frame.right) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style>`,
    `<rect class="back" width="${width}" height="${height}" rx="8"/>`,
    `<text class="title" x="${frame.left}" y="24">${escaped(title)}</text>`,
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => gridLine(share * top, at.y(share * top))),
    ...ticks.map((x) => tick(x, at.x(x))),
    `<text x="${middle}" y="${height - 10}" text-anchor="middle">${escaped(xTitle)}</text>`,
    `<text x="16" y="${height / 2}" text-anchor="middle" transform="rotate(-90 16 ${height / 2})">${escaped(yTitle)}</text>`,
    ...series.flatMap((each, index) => drawSeries(each, at, index)),
    // One line needs no key: the axis names it.
    ...(series.length > 1 ? series.map(({ name }, index) => keyOf(name, index)) : []),
    "</svg>\n",
  ].join("\n");
}

type Scale = { x: (x: number) => number; y: (y: number) => number };

function drawSeries({ points }: Series, at: Scale, index: number): string[] {
  const colour = colourOf(index);
  const place = points.map(([x, y]) => `${at.x(x).toFixed(1)},${at.y(y).toFixed(1)}`);
  const dots = points.length > 40 ? [] : place.map((each) => each.split(","));
  return [
    `<polyline points="${place.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...dots.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`),
  ];
}

function keyOf(name: string, index: number): string {
  const x = frame.left + index * 180;
  return `<rect x="${x}" y="35" width="14" height="3" fill="${colourOf(index)}"/><text x="${x + 20}" y="40">${escaped(name)}</text>`;
}

const colourOf = (index: number) => colours[index % colours.length];

function gridLine(value: number, y: number): string {
  return (
    `<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/>` +
    `<text x="${frame.left - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${short(value)}</text>`
  );
}

function tick(value: number, x: number): string {
  const [from, to] = [height - frame.bottom, height - frame.bottom + 4];
  return (
    `<line class="grid" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${from}" y2="${to}"/>` +
    `<text x="${x.toFixed(1)}" y="${from + 18}" text-anchor="middle">${short(value)}</text>`
  );
}

/** The points themselves, or every so many where they are more than fit. */
function thinned(xs: readonly number[]): number[] {
  const values = [...new Set(xs)].toSorted((a, b) => a - b);
  const step = Math.ceil(values.length / mostTicks);
  return values.filter((_, index) => index % step === 0);
}

/** From 0 in round steps, the last one also where the samples end a little before it: for a course of time. */
function roundTicks(last: number): number[] {
  const power = 10 ** Math.floor(Math.log10(last / mostTicks));
  const step = power * ([1, 2, 5, 10].find((each) => last / (each * power) <= mostTicks) ?? 10);
  return Array.from({ length: Math.floor(last / step + 0.05) + 1 }, (_, index) => index * step);
}

/** The next of 1, 2, 4, 5, 8 or 10 times a power of ten: four even parts are round numbers then. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-9, most * 1.05)));
  const factor = [1, 2, 4, 5, 8, 10].find((each) => each * power >= most * 1.05) ?? 10;
  return factor * power;
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toFixed(2))}M`;
  if (value >= 1000) return `${Number((value / 1000).toFixed(2))}k`;
  return String(Number(value.toFixed(2)));
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
