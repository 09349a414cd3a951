import { type AnyColumn, eq, sql } from "drizzle-orm";
import { user } from "#db/schema/index.ts";

/** Joins `user` on a column that holds a user id, "api" or "system". */
export const isPerson = (actor: AnyColumn) => eq(sql`${user.id}::text`, actor);

/** The person's name, or the column's own word where a machine acted. Needs a left join by `isPerson`. */
export const nameOf = (actor: AnyColumn) => sql<string>`coalesce(${user.name}, ${actor})`;
