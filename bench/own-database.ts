import { randomBytes } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { connect, type Database } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { startPostgres } from "#scripts/stack/start-postgres.ts";
import { discard, throwAwayFolder } from "#scripts/testing/throw-away-folder.ts";

export type OwnDatabase = { url: string; db: Database; pool: pg.Pool; drop: () => Promise<void> };

/** A fresh, migrated database for one benchmark, on the Postgres at DATABASE_URL or TEST_DATABASE_URL. */
export async function createOwnDatabase(): Promise<OwnDatabase> {
  const admin = process.env.DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (!admin) throw new Error("Set DATABASE_URL to a Postgres in which this benchmark may create a database.");
  const name = `bench_${randomBytes(6).toString("hex")}`;
  const url = new URL(admin);
  url.pathname = `/${name}`;
  await run(admin, `create database ${name}`);
  await migrateDatabase(url.toString());
  const { pool, db } = connect(url.toString(), { name: "bench", max: 4, onError: () => undefined });
  const drop = async () => {
    await pool.end();
    await run(admin, `drop database if exists ${name} with (force)`);
  };
  return { url: url.toString(), db, pool, drop };
}

/** The same; where no variable names a Postgres, on one that lives as long as the database. */
export async function createDatabaseAnywhere(): Promise<OwnDatabase> {
  if (process.env.DATABASE_URL ?? process.env.TEST_DATABASE_URL) return createOwnDatabase();
  const folder = throwAwayFolder();
  const postgres = await startPostgres({ folder, logFile: path.join(folder, "postgres.log"), isThrowAway: true });
  process.env.TEST_DATABASE_URL = postgres.url;
  const database = await createOwnDatabase();
  const drop = async () => {
    await database.drop();
    await postgres.stop();
    discard(folder);
  };
  return { ...database, drop };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
