import type { RefusalClass } from "./channel.ts";

/** What one call that is not a message led to: done, certainly not done, or nobody knows. */
export type CallResult<Value> =
  | { outcome: "done"; value: Value }
  | { outcome: "refused"; class: RefusalClass; code: number; detail: string; retryAfterMs: number | null }
  | { outcome: "unknown"; detail: string };
