import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

/** Every Postgres from this one on has what our SQL needs. */
const oldestVersion = 15;

/** An arbitrary number that only this program locks. */
const migrationLock = 4_207_719_001;

export const migrationsFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");

/**
 * Brings the database's tables up to this version. Starts that come at the same time wait for one another.
 * Throws a sentence for the operator when the server cannot be reached or is too old.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = await openDatabase(url);
  try {
    const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
    const version = Math.floor(Number(rows[0]?.server_version_num ?? 0) / 10_000);
    if (version < oldestVersion)
      throw new Error(`DATABASE_URL points to Postgres ${version}; Chasqui needs ${oldestVersion} or newer.`);
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await migrate(drizzle(client, { casing: "snake_case" }), { migrationsFolder });
  } finally {
    await client.end();
  }
}

async function openDatabase(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "chasqui-migrate",
    connectionTimeoutMillis: 8_000,
  });
  // Without a listener a connection lost in the middle would end the process with a stack trace.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new Error(`The database at DATABASE_URL (${placeOf(url)}) cannot be used: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

/** Host, port and database of a connection string, without the password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return "not a postgres:// address";
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}

function reasonOf(error: unknown): string {
  // Both addresses of a name refused: Node wraps the two into one error without a message.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message.replace(/\.$/, "") : String(first);
}
