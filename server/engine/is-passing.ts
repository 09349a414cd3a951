import { isDatabaseAway } from "#server/errors.ts";

/** Serialization failure, deadlock, lock not available, cancelled by a time-out. */
const passingCodes = new Set(["40001", "40P01", "55P03", "57014", "25P03"]);

/** True when another transaction was in the way: the same work may be begun anew at once. */
export const isConflict = (error: unknown): boolean => ["40001", "40P01"].includes(codeOf(error));

/** True for errors that say nothing about the data: the database is away or busy, or another transaction was faster. */
export function isPassing(error: unknown): boolean {
  return passingCodes.has(codeOf(error)) || isDatabaseAway(error);
}

/** Postgres' or the system's code of an error; "" for one without. */
export const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
