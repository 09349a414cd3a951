import pg from "pg";
import { migrateDatabase } from "#db/migrate.ts";
import { type Home, logFile, readRunNote } from "./home.ts";
import { Refusal } from "./refusal.ts";
import { startPostgres } from "./start-postgres.ts";

export type RunningDatabase = { url: string; embeddedPort?: number; stop: () => Promise<void> };

export type DatabaseWish = { home: Home; ownUrl: string | null; password: string; isThrowAway?: boolean };

/** The migrated database: the operator's own, or the embedded one started for us. Throws a Refusal where it cannot be used. */
export async function startDatabase({ home, ownUrl, password, isThrowAway }: DatabaseWish): Promise<RunningDatabase> {
  if (ownUrl) {
    await refuseOnError(() => migrateDatabase(ownUrl));
    return { url: ownUrl, stop: async () => undefined };
  }
  const preferredPort = readRunNote(home)?.postgresPort;
  const options = { folder: home.postgres, logFile: logFile(home, "postgres"), preferredPort, password, isThrowAway };
  const postgres = await refuseOnError(() => startPostgres(options));
  try {
    const url = await refuseOnError(() => ownDatabase(postgres.url));
    await refuseOnError(() => migrateDatabase(url));
    return { url, embeddedPort: postgres.port, stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** The database `chasqui` on the embedded server, made when it is not there. */
async function ownDatabase(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'chasqui'");
    if (!rowCount) await client.query("create database chasqui");
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = "/chasqui";
  return url.toString();
}

async function refuseOnError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
