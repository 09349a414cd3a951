import type { Database } from "#db/client.ts";
import { evaluateRule } from "#flow/evaluate-rule.ts";
import type { Rule } from "#flow/rule.ts";
import type { CustomMetricRow, MetricSource } from "#server/experiments/moments/outcome-sql.ts";
import { type DayMoments, type MomentKind, readMoments } from "#server/experiments/moments/read-moments.ts";
import { newId } from "#server/id.ts";
import { type APerson, beforeHours, hourMs, nowMs, start, storePeople, workspaceId } from "./cohort-people.ts";

const rule: Rule = { path: "event.amount", op: "gt", value: 10 };
const custom = (measure: CustomMetricRow["measure"]): CustomMetricRow => ({
  ...{
    id: newId(),
    workspaceId,
    name: "Paid",
    event: "paid",
    rule,
    measure,
    path: measure === "sum" ? "event.amount" : null,
  },
  ...{ isLowerBetter: false, windowHours: 72, createdBy: newId(), createdAt: new Date(start), archivedAt: null },
});

type Asked = { source: MetricSource; kind: MomentKind; windowHours: number };
const metrics: Asked[] = [
  { source: "delivered", kind: "rate", windowHours: 24 },
  { source: "read", kind: "rate", windowHours: 72 },
  { source: "click", kind: "rate", windowHours: 72 },
  { source: "failed", kind: "rate", windowHours: 72 },
  { source: "conversion", kind: "rate", windowHours: 168 },
  { source: "value", kind: "mean", windowHours: 168 },
  { source: "opt-out", kind: "rate", windowHours: 168 },
  { source: "cost-per-conversion", kind: "ratio", windowHours: 168 },
  { source: custom("happened"), kind: "rate", windowHours: 72 },
  { source: custom("count"), kind: "mean", windowHours: 72 },
  { source: custom("sum"), kind: "mean", windowHours: 72 },
];

type Did = { y: number; d: number };

const liesWithin =
  (windowHours: number, isBefore: boolean) =>
  (hours: number | null): hours is number =>
    hours !== null && (isBefore ? hours >= -beforeHours && hours < 0 : hours >= 0 && hours < windowHours);

/** The currency that most goals within the span were told in. */
function currencyOf(people: readonly APerson[], { windowHours }: Asked, isBefore: boolean): string | null {
  const isIn = liesWithin(windowHours, isBefore);
  const told = people.flatMap(({ goals, worth }) =>
    goals.flatMap((goal, at) => (isIn(goal) && worth[at] ? [worth[at].currency] : [])),
  );
  const counts = [...Map.groupBy(told, (currency) => currency)].map(([currency, all]) => ({ currency, n: all.length }));
  return counts.toSorted((a, b) => b.n - a.n || (a.currency < b.currency ? -1 : 1))[0]?.currency ?? null;
}

/** What one person did after the assignment, or before it, reckoned from what they are made of. */
function didOf(
  { messages, goals, worth, stops, events }: APerson,
  { source, windowHours }: Asked,
  { isBefore, currency }: { isBefore: boolean; currency: string | null },
): Did | null {
  const isIn = liesWithin(windowHours, isBefore);
  // Of this flow what it sent since then; before that, what any flow had sent.
  const own = messages.filter(({ isOther, made }) => (isBefore ? isIn(made) : !isOther && made >= 0));
  const hit = (yes: boolean) => (yes ? { y: 1, d: 0 } : null);
  if (typeof source !== "string") {
    const paid = events.filter(
      ({ name, at, amount }) => name === source.event && isIn(at) && evaluateRule(source.rule, { event: { amount } }),
    );
    if (paid.length === 0) return null;
    if (source.measure === "happened") return { y: 1, d: 0 };
    if (source.measure === "count") return { y: paid.length, d: 0 };
    return { y: paid.reduce((sum, { amount }) => sum + (typeof amount === "number" ? amount : 0), 0), d: 0 };
  }
  const firstOf = (...moments: (number | null)[]) => moments.find((moment) => moment !== null) ?? null;
  const leastOf = (...moments: (number | null)[]) => {
    const known = moments.filter((moment) => moment !== null);
    return known.length === 0 ? null : Math.min(...known);
  };
  switch (source) {
    case "delivered":
      return hit(own.some((one) => isIn(firstOf(one.delivered, one.read))));
    case "read":
      return hit(own.some((one) => isIn(leastOf(one.read, one.clicked, one.replied))));
    case "click":
      return hit(own.some((one) => isIn(one.clicked)));
    case "failed":
      return hit(own.some((one) => isIn(one.failed)));
    case "conversion":
      return hit(goals.some(isIn));
    case "value": {
      const told = goals.flatMap((goal, at) => (isIn(goal) && worth[at]?.currency === currency ? [worth[at]] : []));
      const micros = { COP: 10_000, XOF: 1_000_000, KWD: 1_000 };
      return { y: told.reduce((sum, one) => sum + one.amountMinor * micros[one.currency], 0), d: 0 };
    }
    case "opt-out":
      return hit(stops.some(isIn));
    case "cost-per-conversion": {
      const spent = own.filter((one) => isIn(firstOf(one.delivered, one.read))).reduce((sum, one) => sum + one.cost, 0);
      return { y: spent, d: goals.some(isIn) ? 1 : 0 };
    }
    default:
      throw new Error(`No brute force for ${source}.`);
  }
}

/** "2026-11-30" in the workspace's zone, five hours behind. */
const dayOf = (hours: number): string => new Date(start + (hours - 5) * hourMs).toISOString().slice(0, 10);

function bruteForce(people: readonly APerson[], asked: Asked): DayMoments[] {
  const mature = people.filter(({ at }) => start + at * hourMs <= nowMs - asked.windowHours * hourMs);
  const before = { isBefore: true, currency: currencyOf(mature, asked, true) };
  const after = { isBefore: false, currency: currencyOf(mature, asked, false) };
  const did = mature.map((person) => ({
    ...{ person, x: asked.kind === "ratio" ? 0 : (didOf(person, asked, before)?.y ?? 0) },
    ...(didOf(person, asked, after) ?? { y: 0, d: 0 }),
  }));
  const groups = Map.groupBy(did, ({ person }) => `${person.arm} ${dayOf(person.at)}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, rows]) => {
      const [arm = "", day = ""] = key.split(" ");
      const sumOf = (of: (row: Did & { x: number }) => number) => rows.reduce((sum, row) => sum + of(row), 0);
      return {
        ...{ arm, day, n: rows.length, sum: sumOf(({ y }) => y), sumSquares: sumOf(({ y }) => y * y) },
        ...{ over: sumOf(({ d }) => d), overSquares: sumOf(({ d }) => d * d), product: sumOf(({ y, d }) => y * d) },
        ...{ before: sumOf(({ x }) => x), beforeSquares: sumOf(({ x }) => x * x) },
        beforeProduct: sumOf(({ x, y }) => x * y),
      };
    });
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));

const keys = [
  ...["n", "sum", "sumSquares", "over", "overSquares", "product"],
  ...["before", "beforeSquares", "beforeProduct"],
] as const satisfies readonly (keyof DayMoments)[];

/** Stores these people, and tells where the sums that Postgres makes of a metric are not those of the people counted one by one. */
export async function sumsApart(db: Database, people: APerson[]): Promise<{ compared: number; apart: string[] }> {
  const world = await storePeople(db, people);
  const apart: string[] = [];
  let compared = 0;
  for (const asked of metrics) {
    const cohort = { ...world, until: new Date(nowMs - asked.windowHours * hourMs) };
    const seen = await readMoments(db, cohort, { ...asked, hasBefore: true });
    const wanted = bruteForce(people, asked);
    const name = typeof asked.source === "string" ? asked.source : asked.source.measure;
    const groupsOf = (rows: readonly DayMoments[]) => rows.map(({ arm, day }) => `${arm} ${day}`).join();
    if (groupsOf(seen) !== groupsOf(wanted)) apart.push(`${name}: other days or arms`);
    for (const [at, row] of seen.entries())
      for (const key of keys) {
        compared += 1;
        const want = wanted[at]?.[key] ?? Number.NaN;
        if (!isClose(row[key], want)) apart.push(`${name} ${row.arm} ${row.day} ${key}: ${row[key]}, not ${want}`);
      }
  }
  return { compared, apart };
}
