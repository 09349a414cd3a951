import type { Json } from "#flow/json.ts";

const isoWithoutZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const iso = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const toleranceMs = 5 * 60_000;
const latest = Date.UTC(9999, 11, 31);

/** Milliseconds since 1970; undefined when nothing was given, null when it is no time. Times without a zone are UTC. */
export function readTime(value: Json | undefined): number | undefined | null {
  if (value === undefined || value === null) return undefined;
  const ms =
    typeof value === "number" ? fromNumber(value) : typeof value === "string" ? fromText(value.trim()) : Number.NaN;
  return ms >= 0 && ms <= latest ? ms : null;
}

function fromText(text: string): number {
  if (/^\d{9,13}$/.test(text)) return fromNumber(Number(text));
  if (isoWithoutZone.test(text)) return Date.parse(`${text.replace(" ", "T")}Z`);
  return iso.test(text) ? Date.parse(text) : Number.NaN;
}

/** Below 10^12 it can only be seconds: as milliseconds it would be before September 2001. */
const fromNumber = (value: number): number => Math.trunc(value >= 1e12 ? value : value * 1000);

/**
 * When the event really happened, on our clock: a device whose clock is wrong is wrong by the same amount when it sends
 * (Segment's rule: receivedAt - (sentAt - originalTimestamp)). More than five minutes ahead of us is taken as now.
 */
export function correctTime(received: number, original: number | undefined, sent: number | undefined): number {
  if (original === undefined) return received;
  const corrected = sent === undefined ? original : received - (sent - original);
  return corrected > received + toleranceMs || corrected < 0 ? received : corrected;
}
