import { addDays, localClock, localMoment } from "../local-time.ts";
import { remember } from "../remember.ts";

/** Two local times, "21:00" to "08:00": the end is not part of it, equal times mean none, and it may span midnight. */
export type Hours = { from: string; to: string };

/** Hours by day of the week, Monday first, none of them over midnight; null: nothing on that day. */
export type Week = readonly (Hours | null)[];

/** When messages rest, and the only hours in which they leave: the flow's, and by day of the week. */
export type OpeningHours = { quiet: Hours | null; sending: Hours | null; week?: Week | null };

/**
 * The first moment from `now` on at which a message may leave: outside the quiet hours and inside the sending hours, both by
 * the clock of the zone. Null when the two never leave a gap. Milliseconds since 1970.
 *
 * Hours are stretches of real time, one for each day, each with one beginning and one end, so a change of the clocks neither
 * skips nor doubles them: a time that the clock jumps over is as far behind the jump, of a time that comes twice the first
 * counts. Hours of which nothing is left in between keep their length.
 */
export function nextOpening({ quiet, sending, week }: OpeningHours, zone: string, now: number): number | null {
  let at = now;
  // Each round steps over one stretch; hours that leave a gap show it within two days, a week's within eight.
  for (let round = 0; round < (week ? 32 : 8); round += 1) {
    const next = endOfQuiet(quiet, zone, at) ?? beginOfSending(sending, zone, at);
    const open = week && next === at ? beginInWeek(week, zone, at) : next;
    if (open === null || open === at) return open;
    at = open;
  }
  return null;
}

/** The moment at which what is open at `at` closes again; null when it never does. */
export function nextClosing({ quiet, sending, week }: OpeningHours, zone: string, at: number): number | null {
  const quietBegins = around(quiet, zone, at).map(({ start }) => start);
  const sendingEnds = around(sending, zone, at).map(({ end }) => end);
  const weekEnds = week ? stretchesOf(week, zone, at, 2).map(({ end }) => end) : [];
  const closings = [...quietBegins, ...sendingEnds, ...weekEnds].filter((moment) => moment > at);
  return closings.length > 0 ? Math.min(...closings) : null;
}

function endOfQuiet(quiet: Hours | null, zone: string, at: number): number | null {
  return around(quiet, zone, at).find(({ start, end }) => start <= at && at < end)?.end ?? null;
}

function beginOfSending(sending: Hours | null, zone: string, at: number): number {
  const open = around(sending, zone, at).find(({ end }) => at < end);
  return open ? Math.max(at, open.start) : at;
}

function beginInWeek(week: Week, zone: string, at: number): number | null {
  const open = stretchesOf(week, zone, at, 8).find(({ end }) => at < end);
  return open ? Math.max(at, open.start) : null;
}

/** A week's stretches from today on. */
function stretchesOf(week: Week, zone: string, at: number, days: number): { start: number; end: number }[] {
  const today = localClock(at, zone).day;
  return Array.from({ length: days }, (_, ahead) => addDays(today, ahead)).flatMap((day) => {
    const hours = week[(new Date(day).getUTCDay() + 6) % 7];
    return hours && hours.from !== hours.to ? [stretchOf(hours, day, zone)] : [];
  });
}

/** The stretches of yesterday, today and the days that follow, in order; none where the hours mean nothing. */
function around(hours: Hours | null, zone: string, at: number): readonly Stretch[] {
  if (hours === null || hours.from === hours.to) return [];
  return stretchesAround(`${hours.from} ${hours.to} ${localClock(at, zone).day} ${zone}`);
}

type Stretch = { start: number; end: number };

// The same for everybody of a zone on a day: a gate that is asked for each of a million messages makes them once.
const stretchesAround = remember(2_000, (key): readonly Stretch[] => {
  const [from = "", to = "", day = "", ...zone] = key.split(" ");
  return [-1, 0, 1, 2].map((days) => stretchOf({ from, to }, addDays(day, days), zone.join(" ")));
});

function stretchOf({ from, to }: Hours, day: string, zone: string): { start: number; end: number } {
  const start = localMoment(day, from, zone);
  const end = localMoment(to > from ? day : addDays(day, 1), to, zone);
  return { start, end: end > start ? end : start + lengthMs({ from, to }) };
}

const lengthMs = ({ from, to }: Hours): number => {
  const [start, end] = [from, to].map((time) => Date.parse(`1970-01-01T${time}Z`));
  return ((end ?? 0) - (start ?? 0) + dayMs) % dayMs;
};

const dayMs = 86_400_000;
