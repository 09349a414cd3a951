import { isDatabaseAway } from "#server/errors.ts";
import { LeaseLost } from "./lease.ts";

/**
 * Serialization failure, deadlock, lock not available, cancelled or ended by a time-out; a standby that cannot write; a schema that is
 * not migrated yet, or rights that are missing: no signal is to blame for any of them.
 */
const passingCodes = new Set([
  "40001",
  "40P01",
  "55P03",
  "57014",
  "25P03",
  "25P04",
  "25006",
  "42P01",
  "42703",
  "42501",
]);

/** True when another transaction was in the way: the same work may be begun anew at once. */
export const isConflict = (error: unknown): boolean => ["40001", "40P01"].includes(codeOf(error));

/** True for errors that say nothing about the data: the database is away or busy, or another transaction was faster, or the lease is lost. */
export function isPassing(error: unknown): boolean {
  return error instanceof LeaseLost || passingCodes.has(codeOf(error)) || isDatabaseAway(error);
}

/** Postgres' or the system's code of an error; "" for one without. */
export const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
