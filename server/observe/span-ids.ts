import { createHash } from "node:crypto";

/**
 * Trace and span ids are made from what a span is about, not drawn: door, workers and webhooks of one event meet in one trace
 * although nothing about tracing is stored or sent along with it.
 */
export const traceIdOf = (uuid: string): string => uuid.replaceAll("-", "");

/** 16 hex digits, the same for the same trace, name and key. */
export const spanIdOf = (traceId: string, name: string, key: string): string =>
  createHash("sha1").update(`${traceId} ${name} ${key}`).digest("hex").slice(0, 16);

/** Whether this share of all traces holds this one. Judged by its last 5 bytes: those before them count up within a millisecond. */
export const isSampled = (traceId: string, share: number): boolean =>
  Number.parseInt(traceId.slice(-10), 16) < share * 2 ** 40;

/** The ids of a W3C traceparent; null when it is none. */
export function readTraceparent(text: string | undefined): { traceId: string; spanId: string } | null {
  const [, traceId = "", spanId = ""] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(text ?? "") ?? [];
  return /[^0]/.test(traceId) && /[^0]/.test(spanId) ? { traceId, spanId } : null;
}
