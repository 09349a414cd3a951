import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

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
/** Told apart in light and dark and by people who do not see red and green. */
const colours = ["#2f6fde", "#c2670a", "#7a5cc9"];
const folder = path.join(import.meta.dirname, "../../docs/images");

/** Writes a line plot as SVG into docs/images. Text and lines take the reader's own light or dark. */
export function writePlot(name: string, plot: Plot): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.svg`);
  writeFileSync(file, svgOf(plot));
  return file;
}

export function svgOf({ title, xTitle, yTitle, series, isLogX = false }: Plot): string {
  const all = series.flatMap((each) => each.points);
  const xs = all.map(([x]) => (isLogX ? Math.log10(x) : x));
  const [firstX, lastX] = [Math.min(...xs), Math.max(...xs)];
  const top = niceTop(Math.max(...all.map(([, y]) => y)));
  const at = {
    x: (x: number) =>
      frame.left +
      (((isLogX ? Math.log10(x) : x) - firstX) / Math.max(1e-9, lastX - firstX)) * (width - frame.left - frame.right),
    y: (y: number) => height - frame.bottom - (y / top) * (height - frame.top - frame.bottom),
  };
  const ticksX = tickValues([...new Set(all.map(([x]) => x))].toSorted((a, b) => a - b));
  const middle = (frame.left + width - frame.right) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>text{font:12px system-ui,sans-serif;fill:#3d4350}.title{font-weight:600;font-size:14px}.grid{stroke:#d5d9e0}.back{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#c9cfda}.grid{stroke:#3a404c}.back{fill:#16181d}}</style>`,
    `<rect class="back" width="${width}" height="${height}" rx="8"/>`,
    `<text class="title" x="${frame.left}" y="22">${escaped(title)}</text>`,
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => gridLine(share * top, at.y(share * top))),
    ...ticksX.map(
      (x) => `<text x="${at.x(x)}" y="${height - frame.bottom + 18}" text-anchor="middle">${short(x)}</text>`,
    ),
    `<text x="${middle}" y="${height - 12}" text-anchor="middle">${escaped(xTitle)}</text>`,
    `<text x="14" y="${height / 2}" text-anchor="middle" transform="rotate(-90 14 ${height / 2})">${escaped(yTitle)}</text>`,
    ...series.flatMap((each, index) => drawSeries(each, at, index)),
    "</svg>\n",
  ].join("\n");
}

type Scale = { x: (x: number) => number; y: (y: number) => number };

function drawSeries({ name, points }: Series, at: Scale, index: number): string[] {
  const colour = colours[index % colours.length];
  const place = points.map(([x, y]) => `${at.x(x).toFixed(1)},${at.y(y).toFixed(1)}`);
  const dots = points.length > 40 ? [] : place.map((each) => each.split(","));
  return [
    `<polyline points="${place.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...dots.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`),
    `<rect x="${frame.left + index * 180}" y="31" width="14" height="3" fill="${colour}"/>`,
    `<text x="${frame.left + 20 + index * 180}" y="36">${escaped(name)}</text>`,
  ];
}

function gridLine(value: number, y: number): string {
  return (
    `<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/>` +
    `<text x="${frame.left - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${short(value)}</text>`
  );
}

/** The points themselves while they are few, else every so many. */
function tickValues(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / 8);
  return values.filter((_, index) => index % step === 0);
}

/** The next of 1, 2, 4, 5, 8 or 10 times a power of ten: four even parts are round numbers then. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-9, most * 1.05)));
  const factor = [1, 2, 4, 5, 8, 10].find((each) => each * power >= most * 1.05) ?? 10;
  return factor * power;
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toFixed(1))}M`;
  if (value >= 10_000) return `${Number((value / 1000).toFixed(1))}k`;
  return String(Number(value.toFixed(2)));
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
