/**
 * The database's address as the engine uses it. A prepared statement keeps its plan, and one planned while a table is small
 * would scan it whole long after it has grown. Every look-up of the engine is by an index, so a scan is never the better plan.
 */
export function engineUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("options", "-c enable_seqscan=off");
  return url.toString();
}
