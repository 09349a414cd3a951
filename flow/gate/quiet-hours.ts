import { addDays, localClock, localMoment } from "../local-time.ts";

/** Two local times, "21:00" to "08:00": the end is not part of it, equal times mean none, and it may span midnight. */
export type Hours = { from: string; to: string };

/**
 * The first moment from `now` on at which a message may leave: outside the quiet hours and inside the sending hours, both by
 * the clock of the zone. Null when the two never leave a gap. Milliseconds since 1970.
 *
 * Hours are stretches of real time, each with one beginning and one end, so a change of the clocks neither skips nor doubles
 * them: a time that the clock jumps over is as far behind the jump, of a time that comes twice the first counts.
 */
export function nextOpening(
  closed: { quiet: Hours | null; sending: Hours | null },
  zone: string,
  now: number,
): number | null {
  // Sending hours are the same as quiet hours all the rest of the day.
  const sending = closed.sending && { from: closed.sending.to, to: closed.sending.from };
  const stretches = [closed.quiet, sending].filter((hours) => hours !== null);
  let at = now;
  // Each round steps over one closed stretch; two pairs of hours that leave a gap show it within two days.
  for (let round = 0; round < 8; round += 1) {
    const end = stretches.map((hours) => endOfClosed(hours, zone, at)).find((moment) => moment !== null);
    if (end === undefined || end === null) return at;
    at = end;
  }
  return null;
}

/** The end of the closed stretch that `now` lies in, or null when it lies in none. */
function endOfClosed({ from, to }: Hours, zone: string, now: number): number | null {
  if (from === to) return null;
  const today = localClock(now, zone).day;
  for (const day of [addDays(today, -1), today]) {
    const start = localMoment(day, from, zone);
    const end = localMoment(to > from ? day : addDays(day, 1), to, zone);
    if (start <= now && now < end) return end;
  }
  return null;
}
