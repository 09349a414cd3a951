/**
 * The database's address for connections that look up all they need by keys. A prepared statement keeps its plan, and one planned while
 * a table is small would scan it whole long after it has grown: a scan is never the better plan there, and compiling plans never pays.
 * `more` are further settings of the server ("name=value"); those that the address names itself are kept.
 */
export function byKeysOnly(databaseUrl: string, more: readonly string[] = []): string {
  const url = new URL(databaseUrl);
  const settings = ["enable_seqscan=off", "jit=off", ...more].map((setting) => `-c ${setting}`);
  url.searchParams.set("options", [url.searchParams.get("options") ?? "", ...settings].join(" ").trim());
  return url.toString();
}
