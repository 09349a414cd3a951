/** So many people at most in any stretch of `periodMs` milliseconds. */
export type Pace = { people: number; periodMs: number };

/** People who were let on, by the beginning of the slice of time in which they were (milliseconds since 1970), oldest first. */
export type TurnLog = readonly { at: number; people: number }[];

/** Turns are remembered to a sixtieth of the period, so that a day's log is as short as a minute's. */
const slices = 60;

const sliceMs = ({ periodMs }: Pace): number => Math.ceil(periodMs / slices);

/** The slices of which somebody may have gone on less than a period ago. */
function recent(log: TurnLog, pace: Pace, now: number): TurnLog {
  return log.filter(({ at }) => at + sliceMs(pace) + pace.periodMs > now);
}

/** How many people may go on now. Whoever went on counts until the end of their slice is a period back, so no stretch ever has more. */
export function turnsLeft(log: TurnLog, pace: Pace, now: number): number {
  const taken = recent(log, pace, now).reduce((sum, { people }) => sum + people, 0);
  return Math.max(0, pace.people - taken);
}

/** When the next turn comes free, if none is left now. */
export function nextTurnAt(log: TurnLog, pace: Pace, now: number): number {
  const [oldest] = recent(log, pace, now);
  return oldest && turnsLeft(log, pace, now) === 0 ? oldest.at + sliceMs(pace) + pace.periodMs : now;
}

/** The log after so many people went on; what does not count any more is forgotten. */
export function takeTurns(log: TurnLog, pace: Pace, { now, people }: { now: number; people: number }): TurnLog {
  const at = now - (now % sliceMs(pace));
  const kept = recent(log, pace, now);
  const last = kept.at(-1);
  if (last?.at === at) return [...kept.slice(0, -1), { at, people: last.people + people }];
  return [...kept, { at, people }];
}
