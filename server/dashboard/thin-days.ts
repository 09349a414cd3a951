/** Fewer than this part of the middle day's messages. */
const thinShare = 0.1;

/** Tells of each day whether it has so few messages beside the others that its rate would say nothing about the course. Pure. */
export function thinDays<Day>(days: readonly Day[], sentOf: (day: Day) => number): (day: Day) => boolean {
  const sent = days
    .map(sentOf)
    .filter((count) => count > 0)
    .toSorted((a, b) => a - b);
  const least = (sent[Math.floor(sent.length / 2)] ?? 0) * thinShare;
  return (day) => sentOf(day) < least;
}
