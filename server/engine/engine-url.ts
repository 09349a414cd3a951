import { byKeysOnly } from "#db/by-keys-only.ts";

/** The database's address as the engine uses it. */
export const engineUrl = (databaseUrl: string): string => byKeysOnly(databaseUrl);

/**
 * The same for claiming and settling messages, which join short lists to tables by their keys alone. A hash or merge join, planned while
 * the queue was empty, reads all of it at each claim and settlement until Postgres has analyzed it again (`growing-tables.test.ts`).
 * One plan for each statement: no parameter decides which partial index serves, and planning anew cost more than some answers.
 */
export const dispatchUrl = (databaseUrl: string): string =>
  byKeysOnly(databaseUrl, ["enable_hashjoin=off", "enable_mergejoin=off", "plan_cache_mode=force_generic_plan"]);
