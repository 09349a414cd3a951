/** A power of two. Neighbours in time have places of their own. */
const places = 64;
const writtenMs = new Float64Array(places).fill(Number.NaN);
const written: string[] = Array.from({ length: places }, () => "");

/** The time as ISO 8601. An event says the same moment up to three times, and so do its neighbours: the last ones written are kept. */
export function isoOf(ms: number): string {
  const place = ms % places;
  const known = written[place];
  if (known !== undefined && writtenMs[place] === ms) return known;
  const text = new Date(ms).toISOString();
  written[place] = text;
  writtenMs[place] = ms;
  return text;
}
