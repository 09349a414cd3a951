/** What went wrong, in a form every edge can map: tRPC, REST and the door each have one table for it. */
export type ErrorCode =
  | "bad-input" // 400
  | "not-signed-in" // 401
  | "not-allowed" // 403
  | "not-found" // 404: also for another workspace's ids
  | "conflict" // 409
  | "too-large" // 413
  | "refused" // 422: understood, but the rules say no
  | "too-many" // 429: slower, please
  | "unavailable"; // 503: try again later

/** A refusal somebody can read: the message says what happened and what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** Machine-readable facts: problems of a graph, the newer revision of a draft. */
  readonly detail: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.name = "DomainError";
    this.code = code;
    this.detail = detail;
  }
}

export const httpStatusOf: Record<ErrorCode, number> = {
  "bad-input": 400,
  "not-signed-in": 401,
  "not-allowed": 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  refused: 422,
  "too-many": 429,
  unavailable: 503,
};

/** True for errors that mean "Postgres is away or busy", so that the answer is 503 and never a false success. */
export function isDatabaseAway(error: unknown): boolean {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof root === "object" && root !== null && "code" in root ? String(root.code) : "";
  if (
    /^(08|53|57P|57014|55P03)/.test(code) ||
    ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND"].includes(code)
  )
    return true;
  return root instanceof Error && /timeout exceeded when trying to connect|Connection terminated/i.test(root.message);
}
