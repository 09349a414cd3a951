import { z } from "zod";

/**
 * Cursor paging: `cursor` is the last id of the page before. `direction` is what the query library adds to every infinite
 * query; there is only forward.
 */
export const PageInput = {
  direction: z.literal("forward").optional(),
  cursor: z.uuid().nullish(),
  limit: z.number().int().min(1).max(200).default(50),
};

/** Cuts the one row too many that tells whether another page follows. */
export function toPage<Row extends { id: string }>(rows: Row[], limit: number): { rows: Row[]; after: string | null } {
  const page = rows.slice(0, limit);
  return { rows: page, after: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
