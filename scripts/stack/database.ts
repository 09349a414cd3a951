import pg from "pg";
import { prepareAppRole } from "#db/app-role.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { type Home, logFile, readRunNote } from "./home.ts";
import { Refusal } from "./refusal.ts";
import { startPostgres } from "./start-postgres.ts";

/** `url` is what the processes use; `ownerUrl` may change everything, the audit log too. They are the same where the server lets us make no login. */
export type RunningDatabase = { url: string; ownerUrl: string; embeddedPort?: number; stop: () => Promise<void> };

export type DatabaseWish = {
  home: Home;
  ownUrl: string | null;
  password: string;
  secret: string;
  isThrowAway?: boolean;
};

/** The migrated database: the operator's own, or the embedded one started for us. Throws a Refusal where it cannot be used. */
export async function startDatabase({
  home,
  ownUrl,
  password,
  secret,
  isThrowAway,
}: DatabaseWish): Promise<RunningDatabase> {
  if (ownUrl) {
    return { ...(await prepared(ownUrl, secret)), stop: async () => undefined };
  }
  const preferredPort = readRunNote(home)?.postgresPort;
  const options = { folder: home.postgres, logFile: logFile(home, "postgres"), preferredPort, password, isThrowAway };
  const postgres = await refuseOnError(() => startPostgres(options));
  try {
    const url = await refuseOnError(() => ownDatabase(postgres.url));
    return { ...(await prepared(url, secret)), embeddedPort: postgres.port, stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Migrated by its owner, and with a login for the processes where the server lets us make one. */
async function prepared(ownerUrl: string, secret: string): Promise<Pick<RunningDatabase, "url" | "ownerUrl">> {
  await refuseOnError(() => migrateDatabase(ownerUrl));
  return { url: (await refuseOnError(() => prepareAppRole(ownerUrl, secret))) ?? ownerUrl, ownerUrl };
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
