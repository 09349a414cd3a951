/**
 * The database's address as the engine uses it. A prepared statement keeps its plan, and one planned while a table is small
 * would scan it whole long after it has grown. Every look-up of the engine is by an index, so a scan is never the better plan.
 */
export const engineUrl = (databaseUrl: string): string => withOptions(databaseUrl, ["enable_seqscan=off", "jit=off"]);

/**
 * The same for claiming and settling messages, which join short lists to tables by their keys alone. A hash or merge join, planned while
 * the queue was empty, reads all of it at each claim and settlement until Postgres has analyzed it again (`growing-tables.test.ts`).
 */
export const dispatchUrl = (databaseUrl: string): string =>
  withOptions(databaseUrl, [
    "enable_seqscan=off",
    "jit=off",
    "enable_hashjoin=off",
    "enable_mergejoin=off",
    "plan_cache_mode=force_generic_plan",
  ]);

function withOptions(databaseUrl: string, settings: readonly string[]): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("options", settings.map((setting) => `-c ${setting}`).join(" "));
  return url.toString();
}
