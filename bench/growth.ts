import type { BenchStack } from "./engine/bench-stack.ts";
import { report } from "./engine/print.ts";
import { type Axis, axes, type Rig } from "./growth/axes.ts";
import { measurePoint, type Point } from "./growth/measure-point.ts";
import { flag, option } from "./measure/options.ts";
import { showPlot } from "./measure/plot.ts";
import { runBench } from "./measure/run-bench.ts";
import { median, round, slope } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";
import { settleDown } from "./workload/seed.ts";

/**
 * What an enrollment costs while something else grows: people, sleepers, active flows, workers. The points of an axis take turns.
 * `npm run bench:growth -- [--events 10000] [--rounds 3] [--axis contacts] [--quick] [--plots]`
 * --quick leaves out the largest points; --plots writes docs/images/growth-*.svg.
 */
const events = option("events", 10_000);
const rounds = option("rounds", 3);
const only = process.argv.includes("--axis") ? process.argv[process.argv.indexOf("--axis") + 1] : null;

await runBench("growth", async (stack) => {
  const figures: Record<string, unknown> = { events, rounds };
  for (const axis of axes.filter(({ name }) => only === null || name === only)) {
    figures[axis.name] = await measureAxis(stack, axis);
  }
  return figures;
});

type Result = Point & { size: number };

async function measureAxis(stack: BenchStack, axis: Axis): Promise<{ points: Result[]; words: string }> {
  const sizes = flag("quick") ? axis.sizes.slice(0, 2) : axis.sizes;
  const rigs: { size: number; rig: Rig; points: Point[] }[] = [];
  try {
    for (const size of sizes) {
      const rig = await axis.prepare(size, events);
      rigs.push({ size, rig, points: [] });
      await settleDown(rig.database.pool);
    }
    // The first turn warms up. Each size has a database of its own; they share only the server.
    for (let turn = 0; turn <= rounds; turn += 1) {
      for (const { size, rig, points } of turn % 2 === 0 ? rigs : rigs.toReversed()) {
        const point = await measurePoint(stack, rig);
        if (turn > 0) points.push(point);
        report(`${axis.name} ${size}, ${turn === 0 ? "warm-up" : `round ${turn}`}: ${JSON.stringify(point)}`);
      }
    }
  } finally {
    for (const { rig } of rigs) await rig.database.drop();
  }
  const middle = (points: Point[], pick: keyof Point) => round(median(points.map((point) => point[pick])));
  const points = rigs.map(({ size, points: all }) => ({
    size,
    cpuUs: middle(all, "cpuUs"),
    perSecond: middle(all, "perSecond"),
  }));
  return show(axis, points);
}

function show(axis: Axis, points: Result[]): { points: Result[]; words: string } {
  const words = inWords(axis, points);
  showTable(axis.title, [
    [axis.what, "us CPU per enrollment", "enrollments/s"],
    ...points.map(({ size, cpuUs, perSecond }) => [size.toLocaleString("en"), cpuUs, perSecond]),
  ]);
  showRemark(words);
  showPlot(`growth-${axis.name}`, {
    title: `${axis.title}: CPU of one enrollment`,
    xTitle: axis.what,
    yTitle: "us CPU per enrollment",
    series: [{ name: "us CPU per enrollment", points: points.map(({ size, cpuUs }) => [size, cpuUs]) }],
    isLogX: axis.isLogX,
  });
  return { points, words };
}

/** The slope as a person would say it: how much dearer ten times as much is, and the largest beside the smallest. */
function inWords(axis: Axis, points: readonly Result[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return "";
  const total = round(last.cpuUs / Math.max(1, first.cpuUs), 2);
  const whole = `From ${first.size.toLocaleString("en")} to ${last.size.toLocaleString("en")} ${axis.what} an enrollment's CPU changes by a factor of ${total}`;
  if (!axis.isLogX) return `${whole}; the rate by ${round(last.perSecond / Math.max(1, first.perSecond), 2)}.`;
  const each = slope(points.map(({ size, cpuUs }) => [Math.log10(size), cpuUs] as const));
  return `${whole}: ${round(each, 1)} us for each ten times more.`;
}
