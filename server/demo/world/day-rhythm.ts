import type { Draws } from "./draws.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How much happens in each local hour, as weights: a lull at night, peaks at noon and after work. */
const hours = [1, 0.5, 0.3, 0.2, 0.3, 0.8, 2, 4, 6, 7, 8, 9, 10, 8, 7, 7, 8, 9, 11, 11, 9, 7, 4, 2];
/** Sunday to Saturday. */
const weekdays = [0.55, 1.05, 1.1, 1.1, 1.1, 1.2, 0.8];
/** What the bank's own systems do: between 8 and 18 o'clock, on working days. */
const officeHours = hours.map((_, hour) => (hour >= 8 && hour < 18 ? 1 : 0));
const officeDays = [0, 1, 1, 1, 1, 1, 0];

export type Span = {
  /** Milliseconds since 1970. */
  from: number;
  days: number;
  /** Of the person, in hours. */
  utcOffset: number;
};

/** A moment within the span at which people do things: more by day and on working days. */
export const peoplesMoment = (draws: Draws, span: Span): number => moment(draws, span, { weekdays, hours });

/** A moment within the span at which the bank's systems tell of something. */
export const officeMoment = (draws: Draws, span: Span): number =>
  moment(draws, span, { weekdays: officeDays, hours: officeHours });

type Rhythm = { weekdays: readonly number[]; hours: readonly number[] };

/** What would lie before the span, on its first day, happens a day later. */
function moment(draws: Draws, { from, days, utcOffset }: Span, rhythm: Rhythm): number {
  const localMidnight = Math.floor((from + utcOffset * hourMs) / dayMs) * dayMs;
  const weights = Array.from(
    { length: Math.max(1, Math.floor(days)) },
    (_, day) => rhythm.weekdays[new Date(localMidnight + day * dayMs).getUTCDay()] ?? 0,
  );
  const day = weights.some((weight) => weight > 0) ? weighted(draws, weights) : 0;
  const hour = weighted(draws, rhythm.hours);
  const local = localMidnight + day * dayMs + hour * hourMs + draws.next() * hourMs;
  const at = Math.round(local - utcOffset * hourMs);
  return at < from ? at + dayMs : at;
}

/** An index, as often as its weight says. */
function weighted(draws: Draws, weights: readonly number[]): number {
  let left = draws.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return index;
  }
  return weights.length - 1;
}
