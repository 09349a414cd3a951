import { GraphError } from "../graph-error.ts";

/** A field with modifiers, as analytics are asked for: `analytics.start(1).end(2).granularity(DAY)`. */
export type FieldExpression = { name: string; modifiers: ReadonlyMap<string, string> };

export function readFieldExpression(text: string): FieldExpression {
  const modifiers = [...text.matchAll(/\.(\w+)\(([^)]*)\)/g)].map((match) => [match[1] ?? "", match[2] ?? ""] as const);
  return { name: /^\w+/.exec(text)?.[0] ?? "", modifiers: new Map(modifiers) };
}

/** A modifier's list: `["A","B"]`, `[A,B]` or `A,B`; empty when it is not there. */
export const listIn = ({ modifiers }: FieldExpression, name: string): string[] =>
  (modifiers.get(name) ?? "")
    .replace(/[[\]"'\s]/g, "")
    .split(",")
    .filter((word) => word !== "");

type Span = { start: number; end: number };

/** `start` and `end` in Unix seconds, not longer ago than Meta looks back. */
export function readSpan(get: (name: string) => string | null | undefined, now: number, lookBackDays: number): Span {
  const [start, end] = ["start", "end"].map((name) => {
    const text = get(name);
    if (!text || !/^\d+$/.test(text))
      throw new GraphError(100, `The parameter ${name} must be a Unix time in seconds.`);
    return Number(text);
  });
  if (start === undefined || end === undefined || end <= start)
    throw new GraphError(100, "The parameter end must be after start.");
  if (start * 1000 < now - (lookBackDays + 1) * 86_400_000)
    throw new GraphError(100, `The parameter start must not be longer ago than ${lookBackDays} days.`);
  return { start, end };
}

export type Granularity = "HALF_HOUR" | "DAY" | "MONTH";

/** The interval a time (Unix seconds) lies in. */
export function intervalOf(at: number, granularity: Granularity): Span {
  if (granularity === "MONTH") {
    const date = new Date(at * 1000);
    const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset) / 1000;
    return { start: month(0), end: month(1) };
  }
  const length = granularity === "DAY" ? 86_400 : 1800;
  const start = Math.floor(at / length) * length;
  return { start, end: start + length };
}
