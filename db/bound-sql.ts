import { type SQL, sql } from "drizzle-orm";

/** Text whose parameters are numbered ($1 ...) as a part of a drizzle statement, which numbers them anew. */
export function boundSql({ text, params }: { text: string; params: readonly unknown[] }): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(
    parts.map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${sql.param(params[Number(part) - 1])}`)),
  );
}
